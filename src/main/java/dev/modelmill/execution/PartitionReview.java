package dev.modelmill.execution;

import dev.modelmill.job.store.JobFiles;
import dev.modelmill.job.store.Partition;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.task.output.PartDamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says which partitions of a job are left to do. A row that says DONE is believed only when the part files have the length
 * and the checksum that it records; otherwise the partition is computed again.
 */
@Component
class PartitionReview {

    private static final Logger log = LoggerFactory.getLogger(PartitionReview.class);

    private final PartitionRows partitions;
    private final JobFiles files;

    PartitionReview(PartitionRows partitions, JobFiles files) {
        this.partitions = partitions;
        this.files = files;
    }

    /**
     * The numbers of the partitions that are not done, ascending; reads all part files of those that are. None where the
     * job is stopping, whatever is left.
     */
    List<Integer> partitionsToDo(JobRun run) throws IOException {
        List<Integer> left = new ArrayList<>();
        boolean damaged = false;
        for (Partition partition : partitions.all(run.id())) {
            if (run.live().stopping()) {
                return List.of();
            }
            if (partition.done() && !whole(run, partition)) {
                partitions.reset(run.id(), partition.number());
                damaged = true;
                left.add(partition.number());
            } else if (!partition.done()) {
                left.add(partition.number());
            }
        }
        if (damaged) {
            run.counted(partitions.totals(run.id()));
        }
        return left;
    }

    private boolean whole(JobRun run, Partition partition) throws IOException {
        try {
            files.verify(run.id(), partition);
            return true;
        } catch (PartDamagedException e) {
            log.warn("partition {} of job {} is computed again: {}", partition.number(), run.id(), e.getMessage());
            return false;
        }
    }
}
