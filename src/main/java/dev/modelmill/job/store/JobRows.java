package dev.modelmill.job.store;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of the jobs. Every move from one status to another is a compare-and-set here, so that of two that race one
 * wins. Shared between threads; joins the caller's transaction where there is one.
 */
@Repository
public class JobRows {

    private static final int DETAIL_LENGTH = 4000;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final DataFolder folder;
    private final RowMapper<StoredJob> mapper = this::map;

    JobRows(JdbcClient jdbc, JsonMapper json, Clock clock, DataFolder folder) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.folder = folder;
    }

    /** Adds a job as it is, without a key by which it can be found again. */
    public void insert(StoredJob job) {
        insert(job, null);
    }

    /**
     * Adds a job as it is.
     *
     * @throws org.springframework.dao.DuplicateKeyException if there is a job of that id or key
     */
    public void insert(StoredJob job, @Nullable SubmissionKey key) {
        jdbc.sql("""
                INSERT INTO job (id, owner, status, model, model_version, model_digest, priority, created_at, started_at,
                                 finished_at, request, labels, search_text, input, batch_size, restarts, runs, total,
                                 workers, error_code, error_detail, idempotency_key, request_digest)
                VALUES (:id, :owner, :status, :model, :version, :digest, :priority, :created, :started,
                        :finished, :request, :labels, :search, :input, :batchSize, :restarts, :runs, :total,
                        :workers, :code, :detail, :key, :requestDigest)""")
                .param("id", job.id().value())
                .param("owner", folder.owner())
                .param("status", job.status().name())
                .param("model", job.model())
                .param("version", job.modelVersion())
                .param("digest", job.modelDigest())
                .param("priority", job.priority())
                .param("created", job.createdAt().toEpochMilli())
                .param("started", millis(job.startedAt()))
                .param("finished", millis(job.finishedAt()))
                .param("request", job.requestJson())
                .param("labels", json.writeValueAsString(job.request().effectiveLabels()))
                .param("search", searchText(job))
                .param("input", json.writeValueAsString(job.input()))
                .param("batchSize", job.batchSize())
                .param("restarts", job.restarts())
                .param("runs", job.runs())
                .param("total", job.total())
                .param("workers", job.workersJson())
                .param("code", job.error() == null ? null : job.error().code().name())
                .param(
                        "detail",
                        job.error() == null ? null : shortened(job.error().detail()))
                .param("key", key == null ? null : key.key())
                .param("requestDigest", key == null ? null : key.digest())
                .update();
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static String searchText(StoredJob job) {
        StringBuilder text = new StringBuilder();
        text.append(job.id()).append(' ').append(job.model());
        JobRequest.Input input = job.request().input();
        if (input != null && input.path() != null) {
            text.append(' ').append(input.path());
        }
        job.request()
                .effectiveLabels()
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(value));
        return shortened(text.toString().toLowerCase(Locale.ROOT));
    }

    /** The job of an id. */
    public Optional<StoredJob> find(JobId id) {
        return jdbc.sql("SELECT * FROM job WHERE id = :id")
                .param("id", id.value())
                .query(mapper)
                .optional();
    }

    /** The jobs that pass a filter, newest first. */
    public List<StoredJob> list(JobFilter filter) {
        StringBuilder sql = new StringBuilder("SELECT * FROM job WHERE 1 = 1");
        Map<String, Object> parameters = new HashMap<>();
        if (!filter.statuses().isEmpty()) {
            sql.append(" AND status IN (:statuses)");
            parameters.put(
                    "statuses", filter.statuses().stream().map(Enum::name).toList());
        }
        if (filter.model() != null) {
            sql.append(" AND model = :model");
            parameters.put("model", filter.model());
        }
        if (filter.text() != null) {
            sql.append(" AND search_text LIKE :text ESCAPE '!'");
            parameters.put("text", "%" + escaped(filter.text()) + "%");
        }
        if (filter.after() != null) {
            sql.append(" AND id < :after");
            parameters.put("after", filter.after().value());
        }
        sql.append(" ORDER BY id DESC LIMIT ").append(filter.limit());
        return jdbc.sql(sql.toString()).params(parameters).query(mapper).list();
    }

    private static String escaped(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('\0', ' ')
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }

    /** The jobs of this data folder in one of some statuses, those of high priority first, then the oldest. */
    public List<StoredJob> inStatus(Collection<JobStatus> statuses, int limit) {
        return jdbc.sql("SELECT * FROM job WHERE owner = :owner AND status IN (:statuses)"
                        + " ORDER BY priority DESC, id LIMIT " + limit)
                .param("owner", folder.owner())
                .param("statuses", statuses.stream().map(Enum::name).toList())
                .query(mapper)
                .list();
    }

    /** How many jobs there are in each of the statuses that are no end. */
    public Map<JobStatus, Long> counts() {
        Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
        JobStatus.NOT_ENDED.forEach(status -> counts.put(status, 0L));
        jdbc.sql("SELECT status, COUNT(*) AS jobs FROM job WHERE status IN (:statuses) GROUP BY status")
                .param("statuses", JobStatus.NOT_ENDED.stream().map(Enum::name).toList())
                .query((row, number) -> counts.put(JobStatus.valueOf(row.getString("status")), row.getLong("jobs")))
                .list();
        return counts;
    }

    /** When the job that has waited longest was taken in. */
    public Optional<Instant> oldestQueued() {
        return jdbc.sql("SELECT MIN(created_at) AS oldest FROM job WHERE status = 'QUEUED'")
                .query((row, number) -> Optional.ofNullable(instant(row, "oldest")))
                .single();
    }

    /** QUEUED → RUNNING, counted as a run before it does anything. False where it is queued no more. */
    public boolean start(JobId id) {
        return jdbc.sql("""
                UPDATE job SET status = 'RUNNING', runs = runs + 1, unproven_runs = 1, trials = 0,
                               started_at = COALESCE(started_at, :now)
                WHERE id = :id AND status = 'QUEUED'""")
                        .param("id", id.value())
                        .param("now", clock.millis())
                        .update()
                == 1;
    }

    /**
     * Counts another run of a job that was running when its last run broke off. False where it is running no more.
     *
     * @param alone whether it is tried alone after a death of the service: only then can another one be laid at its door
     */
    public boolean resume(JobId id, boolean alone) {
        String unproven = alone
                ? "trials = trials + SIGN(unproven_runs), unproven_runs = unproven_runs + 1"
                : "unproven_runs = GREATEST(unproven_runs, 1)";
        return jdbc.sql("UPDATE job SET runs = runs + 1, " + unproven + " WHERE id = :id AND status = 'RUNNING'")
                        .param("id", id.value())
                        .update()
                == 1;
    }

    /** Takes back that a run of a suspect is tried alone, since others are about to begin beside it. */
    public void notAlone(JobId id) {
        jdbc.sql("UPDATE job SET unproven_runs = unproven_runs - 1 WHERE id = :id AND unproven_runs > 1")
                .param("id", id.value())
                .update();
    }

    /** A run of the job has committed something, or ended in order: it is not the one that kills the service. */
    public void proven(JobId id) {
        jdbc.sql("UPDATE job SET unproven_runs = 0, trials = 0 WHERE id = :id AND unproven_runs <> 0")
                .param("id", id.value())
                .update();
    }

    /** RUNNING → CANCELLING, or QUEUED → CANCELLED. The status that it has then, or nothing where it was neither. */
    public Optional<JobStatus> cancel(JobId id) {
        if (jdbc.sql("UPDATE job SET status = 'CANCELLED', finished_at = :now WHERE id = :id AND status = 'QUEUED'")
                        .param("id", id.value())
                        .param("now", clock.millis())
                        .update()
                == 1) {
            return Optional.of(JobStatus.CANCELLED);
        }
        boolean cancelling = jdbc.sql("UPDATE job SET status = 'CANCELLING' WHERE id = :id AND status = 'RUNNING'")
                        .param("id", id.value())
                        .update()
                == 1;
        return cancelling ? Optional.of(JobStatus.CANCELLING) : Optional.empty();
    }

    /**
     * Ends a job that is in one of some statuses.
     *
     * @return whether it was, and has now ended
     */
    public boolean end(
            JobId id,
            Collection<JobStatus> from,
            JobStatus to,
            @Nullable JobError error,
            @Nullable String workersJson) {
        return jdbc.sql("""
                UPDATE job SET status = :to, finished_at = :now, workers = :workers, error_code = :code,
                               error_detail = :detail, unproven_runs = 0, trials = 0
                WHERE id = :id AND status IN (:from)""")
                        .param("id", id.value())
                        .param("to", to.name())
                        .param("now", clock.millis())
                        .param("workers", workersJson)
                        .param("code", error == null ? null : error.code().name())
                        .param("detail", error == null ? null : shortened(error.detail()))
                        .param("from", from.stream().map(Enum::name).toList())
                        .update()
                == 1;
    }

    /** Fixes what a run goes by before its first batch. */
    public void fix(JobId id, String modelVersion, String modelDigest, int batchSize) {
        jdbc.sql("UPDATE job SET model_version = :version, model_digest = :digest, batch_size = :size WHERE id = :id")
                .param("id", id.value())
                .param("version", modelVersion)
                .param("digest", modelDigest)
                .param("size", batchSize)
                .update();
    }

    /** How many tasks a job has; null before they are counted. */
    public @Nullable Long total(JobId id) {
        return find(id).map(StoredJob::total).orElse(null);
    }

    /** Stores how many tasks there are. */
    public void planned(JobId id, long total) {
        jdbc.sql("UPDATE job SET total = :total WHERE id = :id")
                .param("id", id.value())
                .param("total", total)
                .update();
    }

    private StoredJob map(ResultSet row, int number) throws SQLException {
        String code = row.getString("error_code");
        String request = row.getString("request");
        return new StoredJob(
                new JobId(row.getString("id")),
                JobStatus.valueOf(row.getString("status")),
                row.getString("model"),
                row.getString("model_version"),
                row.getString("model_digest"),
                row.getInt("priority"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                json.readValue(request, JobRequest.class),
                request,
                json.readValue(row.getString("input"), JobInput.class),
                row.getObject("batch_size", Integer.class),
                row.getInt("restarts"),
                row.getInt("runs"),
                row.getInt("unproven_runs"),
                row.getInt("trials"),
                row.getObject("total", Long.class),
                row.getString("workers"),
                code == null ? null : new JobError(JobError.Code.valueOf(code), row.getString("error_detail")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = row.getObject(column, Long.class);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** PostgreSQL keeps no NUL. */
    private static String shortened(String text) {
        String kept = text.replace('\0', ' ');
        return kept.length() <= DETAIL_LENGTH ? kept : kept.substring(0, DETAIL_LENGTH);
    }
}
