package dev.modelmill.stream;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.log.LogListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All open streams. One thread looks at each watched job four times a second, encodes it once for all its clients and
 * passes news of its log on; whoever logs only leaves a note. Shared by all threads. Stops, and closes the streams
 * without {@code end}, before the web server waits for open requests; may be started again.
 */
public final class ProgressStreams implements SmartLifecycle, LogListener {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressStreams.class);

    private final WatchedJobs jobs;
    private final EventLogs logs;
    private final ObjectWriter json;
    private final StreamSettings settings;
    private final Map<String, WatchedJob> watched = new ConcurrentHashMap<>();
    private volatile @Nullable ScheduledExecutorService thread;

    ProgressStreams(WatchedJobs jobs, EventLogs logs, JsonMapper mapper, StreamSettings settings) {
        this.jobs = jobs;
        this.logs = logs;
        this.json = mapper.writer().without(SerializationFeature.INDENT_OUTPUT);
        this.settings = settings;
    }

    /** How many streams are open. */
    public int clients() {
        return watched.values().stream().mapToInt(job -> job.clients().size()).sum();
    }

    /** Whether a client has seen the end of a job and all before. */
    boolean hasSeenEnd(String jobId, WatchedJobs.Snapshot job, long seq) {
        return job.ended() && seq >= logs.find(jobId, job.folder()).endSeq();
    }

    /**
     * What a new client is to be sent.
     *
     * @param after the seq after which the log begins; else it begins with the last events
     * @throws StreamsStoppedException if the service starts or stops
     */
    EventFeed feed(String jobId, WatchedJobs.Snapshot job, OptionalLong after) {
        if (!isRunning()) {
            throw new StreamsStoppedException();
        }
        return new EventFeed(logs.find(jobId, job.folder()), encode(job), after, settings);
    }

    /** Makes a request a stream and returns at once. */
    void open(String jobId, EventFeed feed, HttpServletRequest request) throws IOException {
        StreamClient client = new StreamClient(
                request.startAsync(), feed, settings.heartbeat(), this::execute, gone -> remove(jobId, gone));
        add(jobId, feed.progress(), client);
        client.begin();
        if (!isRunning()) {
            client.leave();
        }
    }

    private void execute(Runnable turn) {
        ScheduledExecutorService turns = thread;
        if (turns == null) {
            throw new RejectedExecutionException("The streams are stopped");
        }
        turns.execute(turn);
    }

    private Progress encode(WatchedJobs.Snapshot job) {
        return new Progress(json.writeValueAsBytes(job.job()), job.ended());
    }

    private void add(String jobId, Progress now, StreamClient client) {
        watched.compute(jobId, (id, known) -> {
            WatchedJob job = known != null ? known : new WatchedJob(now);
            job.clients().add(client);
            return job;
        });
    }

    private void remove(String jobId, StreamClient client) {
        watched.computeIfPresent(jobId, (id, job) -> {
            job.clients().remove(client);
            return job.clients().isEmpty() ? null : job;
        });
    }

    private void tick() {
        watched.forEach(this::tick);
    }

    private void tick(String jobId, WatchedJob job) {
        try {
            job.show(encode(jobs.snapshot(jobId)));
        } catch (RuntimeException problem) {
            LOG.debug("Job {} can't be watched any more, its streams are closed", jobId, problem);
            job.leave();
        }
    }

    /** The end of a job does not wait for the next look. */
    @EventListener
    void onEnd(JobEvent.JobEnded ended) {
        String jobId = ended.id().value();
        WatchedJob job = watched.get(jobId);
        ScheduledExecutorService looks = thread;
        if (job != null && looks != null) {
            try {
                looks.execute(() -> tick(jobId, job));
            } catch (RejectedExecutionException stopped) {
                LOG.debug("Job {} ended while its streams were closed", jobId);
            }
        }
    }

    @Override
    public void appended(String jobId, String level) {
        WatchedJob job = watched.get(jobId);
        if (job != null && job.noteNews()) {
            pumpSoon(job);
        }
    }

    private void pumpSoon(WatchedJob job) {
        ScheduledExecutorService pumps = thread;
        if (pumps == null) {
            return;
        }
        try {
            pumps.schedule(job::pump, settings.gather().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            // Nothing is logged here: this is the thread that logs.
            return;
        }
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        ScheduledThreadPoolExecutor started =
                new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "progress-streams"));
        started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        long tick = settings.tick().toNanos();
        started.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
        thread = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = thread;
        thread = null;
        if (running != null) {
            watched.values().forEach(WatchedJob::leave);
            running.shutdown();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Stops before the web server, which would wait for the streams, and starts after it. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;
    }
}
