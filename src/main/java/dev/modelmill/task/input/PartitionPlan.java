package dev.modelmill.task.input;

import dev.modelmill.task.input.InputScan.Mark;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an input into partitions whose sizes fall toward the end, so that no worker waits long for the last one: each is a
 * quarter of a worker's share of what is left, but worth its own cost, and no more than half a minute of work.
 */
public final class PartitionPlan {

    private static final double LEAST_SECONDS = 0.05;
    private static final double MOST_SECONDS = 30;
    private static final int MOST_PARTITIONS = 1_000;
    private static final long LEAST_TASKS = 1;

    private PartitionPlan() {}

    /**
     * The partitions of an input in order; every task is in exactly one.
     *
     * @param workers workers that will work on it at a time
     * @param secondsPerTask how long a task takes on one worker, as measured; 0 where nothing is known
     */
    public static List<PartitionRange> cut(InputScan scan, int workers, double secondsPerTask) {
        List<PartitionRange> plan = new ArrayList<>();
        List<Mark> marks = scan.marks();
        int at = 0;
        while (marks.get(at).task() < scan.tasks()) {
            Mark begin = marks.get(at);
            long wanted = size(scan, scan.tasks() - begin.task(), workers, secondsPerTask);
            int next = at + 1;
            while (next < marks.size() - 1 && marks.get(next).task() - begin.task() < wanted) {
                next++;
            }
            plan.add(begin.to(marks.get(next), plan.size()));
            at = next;
        }
        return plan;
    }

    private static long size(InputScan scan, long left, int workers, double secondsPerTask) {
        long share = Math.max(1, left / (4L * workers));
        long least = LEAST_TASKS;
        if (secondsPerTask > 0) {
            least = (long) Math.max(least, LEAST_SECONDS / secondsPerTask);
            share = (long) Math.min(share, Math.max(1, MOST_SECONDS / secondsPerTask));
        }
        long evenly = (scan.tasks() + MOST_PARTITIONS - 1) / MOST_PARTITIONS;
        return Math.max(Math.max(share, least), evenly);
    }
}
