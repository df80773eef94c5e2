package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.input.PartitionRange;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of the partitions: the plan of each job and the only truth about what is done of it. Shared between threads;
 * joins the caller's transaction where there is one.
 */
@Repository
public class PartitionRows {

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    PartitionRows(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** Stores the plan of a job, all partitions waiting. */
    public void insert(JobId job, List<PartitionRange> plan) {
        template.batchUpdate("""
                INSERT INTO job_partition (job_id, number, first_task, tasks, byte_offset, byte_length, first_line,
                    input_crc, state, attempts, tasks_done, bytes_done, lines_done, read_crc, succeeded, failed,
                    failed_first, results_length, results_crc, errors_length, errors_crc)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'WAITING', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)""", new BatchPreparedStatementSetter() {
            @Override
            public void setValues(PreparedStatement statement, int i) throws SQLException {
                PartitionRange range = plan.get(i);
                statement.setString(1, job.value());
                statement.setInt(2, range.number());
                statement.setLong(3, range.firstTask());
                statement.setLong(4, range.tasks());
                statement.setLong(5, range.offset());
                statement.setLong(6, range.bytes());
                statement.setLong(7, range.firstLine());
                statement.setInt(8, range.crc());
            }

            @Override
            public int getBatchSize() {
                return plan.size();
            }
        });
    }

    /** Stores the partitions of a job as they were. */
    void restore(JobId job, List<Partition> all) {
        template.batchUpdate(
                """
                INSERT INTO job_partition (job_id, number, first_task, tasks, byte_offset, byte_length, first_line,
                    input_crc, state, attempts, files_attempt, worker, tasks_done, bytes_done, lines_done, read_crc,
                    succeeded, failed, failed_first, results_length, results_crc, errors_length, errors_crc)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", all.stream().map(partition -> columns(job, partition)).toList());
    }

    private static Object[] columns(JobId job, Partition partition) {
        PartitionRange range = partition.range();
        Checkpoint done = partition.checkpoint();
        return new @Nullable Object[] {
            job.value(),
            range.number(),
            range.firstTask(),
            range.tasks(),
            range.offset(),
            range.bytes(),
            range.firstLine(),
            range.crc(),
            partition.state().name(),
            partition.attempts(),
            partition.filesAttempt(),
            partition.worker(),
            done.tasks(),
            done.bytes(),
            done.lines(),
            done.readCrc(),
            done.succeeded(),
            done.failed(),
            done.failedFirst(),
            done.resultsLength(),
            done.resultsCrc(),
            done.errorsLength(),
            done.errorsCrc()
        };
    }

    /** Forgets the plan of a job. */
    void forget(JobId job) {
        jdbc.sql("DELETE FROM job_partition WHERE job_id = :job")
                .param("job", job.value())
                .update();
    }

    /** The partitions of a job in the order of their tasks; none before the plan is made. */
    public List<Partition> all(JobId job) {
        return jdbc.sql("SELECT * FROM job_partition WHERE job_id = :job ORDER BY number")
                .param("job", job.value())
                .query(PartitionRows::map)
                .list();
    }

    /** One partition of a job. */
    public Optional<Partition> find(JobId job, int number) {
        return jdbc.sql("SELECT * FROM job_partition WHERE job_id = :job AND number = :number")
                .param("job", job.value())
                .param("number", number)
                .query(PartitionRows::map)
                .optional();
    }

    /** Begins a new attempt; the row as it is then, the checkpoint still that of the attempt before. */
    public Partition begin(JobId job, int number) {
        jdbc.sql("UPDATE job_partition SET state = 'RUNNING', attempts = attempts + 1"
                        + " WHERE job_id = :job AND number = :number AND state <> 'DONE'")
                .param("job", job.value())
                .param("number", number)
                .update();
        return find(job, number).orElseThrow(() -> new IllegalStateException("no partition " + number + " in " + job));
    }

    /** Puts partitions that nobody works on back to waiting. */
    public void rest(JobId job) {
        jdbc.sql("UPDATE job_partition SET state = 'WAITING' WHERE job_id = :job AND state = 'RUNNING'")
                .param("job", job.value())
                .update();
    }

    /**
     * Commits how far an attempt is, as long as it is the last one.
     *
     * @throws IllegalStateException if a later attempt has begun; then nothing is changed
     */
    public void commit(
            JobId job, int number, int attempt, String worker, Partition.State state, Checkpoint checkpoint) {
        int updated = jdbc.sql("""
                UPDATE job_partition SET state = :state, worker = :worker, files_attempt = :attempt, tasks_done = :tasks, bytes_done = :bytes,
                    lines_done = :lines, read_crc = :readCrc, succeeded = :succeeded, failed = :failed,
                    failed_first = :failedFirst, results_length = :resultsLength, results_crc = :resultsCrc,
                    errors_length = :errorsLength, errors_crc = :errorsCrc
                WHERE job_id = :job AND number = :number AND attempts = :attempt AND state = 'RUNNING'""")
                .param("job", job.value())
                .param("number", number)
                .param("attempt", attempt)
                .param("worker", worker)
                .param("state", state.name())
                .param("tasks", checkpoint.tasks())
                .param("bytes", checkpoint.bytes())
                .param("lines", checkpoint.lines())
                .param("readCrc", checkpoint.readCrc())
                .param("succeeded", checkpoint.succeeded())
                .param("failed", checkpoint.failed())
                .param("failedFirst", checkpoint.failedFirst())
                .param("resultsLength", checkpoint.resultsLength())
                .param("resultsCrc", checkpoint.resultsCrc())
                .param("errorsLength", checkpoint.errorsLength())
                .param("errorsCrc", checkpoint.errorsCrc())
                .update();
        if (updated != 1) {
            throw new IllegalStateException(
                    "attempt " + attempt + " of partition " + number + " of " + job + " is not the last one");
        }
    }

    /** Forgets what was done of a partition, for its part files do not hold it any more. */
    public void reset(JobId job, int number) {
        jdbc.sql("""
                UPDATE job_partition SET state = 'WAITING', tasks_done = 0, bytes_done = 0, lines_done = 0, read_crc = 0,
                    succeeded = 0, failed = 0, failed_first = 0, results_length = 0, results_crc = 0,
                    errors_length = 0, errors_crc = 0
                WHERE job_id = :job AND number = :number""").param("job", job.value()).param("number", number).update();
    }

    /** How many partitions of running jobs nobody works on yet. */
    public long waiting() {
        return jdbc.sql("SELECT COUNT(*) FROM job_partition p JOIN job j ON j.id = p.job_id"
                        + " WHERE p.state = 'WAITING' AND j.status = 'RUNNING'")
                .query(Long.class)
                .single();
    }

    /** What is committed of some jobs; a job without a plan is absent. */
    public Map<JobId, Totals> totals(Collection<JobId> jobs) {
        if (jobs.isEmpty()) {
            return Map.of();
        }
        Map<JobId, Totals> totals = new HashMap<>();
        jdbc.sql("""
                SELECT job_id, SUM(succeeded) AS succeeded, SUM(failed) AS failed, SUM(failed_first) AS failed_first,
                       SUM(tasks) AS tasks, MIN(CASE WHEN state <> 'DONE' THEN first_task + tasks_done END) AS first_open
                FROM job_partition WHERE job_id IN (:jobs) GROUP BY job_id""")
                .param("jobs", jobs.stream().map(JobId::value).toList())
                .query((row, number) -> totals.put(new JobId(row.getString("job_id")), totals(row)))
                .list();
        return totals;
    }

    /** What is committed of one job. */
    public Totals totals(JobId job) {
        return totals(List.of(job)).getOrDefault(job, Totals.NONE);
    }

    private static Totals totals(ResultSet row) throws SQLException {
        Long firstOpen = row.getObject("first_open", Long.class);
        return new Totals(
                row.getLong("succeeded"),
                row.getLong("failed"),
                row.getLong("failed_first"),
                firstOpen == null ? row.getLong("tasks") : firstOpen);
    }

    private static Partition map(ResultSet row, int number) throws SQLException {
        return new Partition(
                new PartitionRange(
                        row.getInt("number"),
                        row.getLong("first_task"),
                        row.getLong("tasks"),
                        row.getLong("byte_offset"),
                        row.getLong("byte_length"),
                        row.getLong("first_line"),
                        row.getInt("input_crc")),
                Partition.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getInt("files_attempt"),
                row.getString("worker"),
                new Checkpoint(
                        row.getLong("tasks_done"),
                        row.getLong("bytes_done"),
                        row.getLong("lines_done"),
                        row.getInt("read_crc"),
                        row.getLong("succeeded"),
                        row.getLong("failed"),
                        row.getInt("failed_first"),
                        row.getLong("results_length"),
                        row.getInt("results_crc"),
                        row.getLong("errors_length"),
                        row.getInt("errors_crc")));
    }

    /**
     * What is committed of a job.
     *
     * @param succeeded tasks with a result
     * @param failed tasks with an error
     * @param failedFirst failed ones among its first 100
     * @param readable tasks before the first unfinished one
     */
    public record Totals(long succeeded, long failed, long failedFirst, long readable) {

        /** Of a job that has done nothing. */
        public static final Totals NONE = new Totals(0, 0, 0, 0);
    }
}
