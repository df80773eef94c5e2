package dev.modelmill.task.input;

import org.jspecify.annotations.Nullable;

/**
 * How large partitions are. They fall toward the end so that no worker waits long for the last one, and stay so large
 * that the bookkeeping of a partition is small beside its work.
 *
 * @param workers most workers of the job
 * @param tasksPerSecond what one worker is expected to do; null where that is not known: then sizes go by count alone
 * @param partitionCost seconds that a partition costs beside its work
 */
public record PartitionSizes(int workers, @Nullable Double tasksPerSecond, double partitionCost) {

    /** Partitions that an input gets at most. */
    static final int MOST = 1_000;

    private static final double MEASURED_COST = 0.0025;
    private static final double WORK_TO_COST = 20;
    private static final double MOST_SECONDS = 30;
    /** Where long tasks would give too many partitions, the large ones share so many; the rest is for the fall. */
    private static final int LARGE_ONES = 800;

    /** Sizes for the cost of a partition that was measured. */
    public static PartitionSizes of(int workers, @Nullable Double tasksPerSecond) {
        return new PartitionSizes(workers, tasksPerSecond, MEASURED_COST);
    }

    /**
     * Tasks of the next partition, before it is rounded up to windows.
     *
     * @param total tasks of the input
     * @param remaining tasks that lie in no partition yet
     * @param made partitions that there are already
     */
    long next(long total, long remaining, int made) {
        double fair = (double) remaining / (4L * workers);
        double wanted = tasksPerSecond == null ? fair : within(fair, total, tasksPerSecond);
        double least = (double) remaining / (MOST - made);
        return (long) Math.ceil(Math.max(wanted, least));
    }

    private double within(double fair, long total, double speed) {
        double least = WORK_TO_COST * partitionCost * speed;
        double most = Math.max(MOST_SECONDS * speed, (double) total / LARGE_ONES);
        return Math.max(least, Math.min(fair, most));
    }
}
