package dev.modelmill.api;

import dev.modelmill.job.store.Partition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a job.
 *
 * @param partitions in the order of their tasks
 */
record PartitionList(List<Item> partitions) {

    /**
     * A partition as users see it.
     *
     * @param index its number, from 0
     * @param firstTask index of its first task
     * @param tasks number of its tasks
     * @param state where it is in its life
     * @param attempts how often it was begun
     * @param worker the worker of its last run; null before
     */
    record Item(
            int index,
            long firstTask,
            long tasks,
            Partition.State state,
            int attempts,
            @Nullable String worker) {

        static Item of(Partition partition) {
            return new Item(
                    partition.number(),
                    partition.range().firstTask(),
                    partition.range().tasks(),
                    partition.state(),
                    partition.attempts(),
                    partition.worker());
        }
    }

    static PartitionList of(List<Partition> partitions) {
        return new PartitionList(partitions.stream().map(Item::of).toList());
    }
}
