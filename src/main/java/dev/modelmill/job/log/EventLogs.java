package dev.modelmill.job.log;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The event logs of all jobs. As long as anybody holds a job's log everybody gets the same one, so who reads a log
 * sees the job's next run in it too; a few of the last ones are held here. Shared by all threads.
 */
public final class EventLogs implements AutoCloseable {

    private static final int HELD = 32;

    private final long maxBytes;
    private final Clock clock;
    private final Map<String, EventLog> open = new ConcurrentHashMap<>();
    private final List<LogListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, WeakReference<EventLog>> known = new HashMap<>();
    private final Map<String, EventLog> held = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Begins without a log.
     *
     * @param maxBytes the greatest size of a log
     */
    public EventLogs(long maxBytes, Clock clock) {
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /**
     * Opens the log of a job for one of its runs; one that is open is closed first. A job runs without its log where
     * that can't be written.
     *
     * @param folder the job's, which exists
     * @param run how many runs the job has had with this one; never the same twice
     */
    public EventLog open(String jobId, Path folder, long run) {
        EventLog log = find(jobId, folder);
        log.open(run);
        open.put(jobId, log);
        return log;
    }

    /** The log of a job, for reading, whether it is open or not; empty if the job never ran. Costs nothing yet. */
    public synchronized EventLog find(String jobId, Path folder) {
        EventLog log = lookUp(jobId);
        if (log == null) {
            log = new EventLog(folder, maxBytes, clock, level -> tell(jobId, level));
            known.values().removeIf(reference -> reference.get() == null);
            known.put(jobId, new WeakReference<>(log));
        }
        hold(jobId, log);
        return log;
    }

    private @Nullable EventLog lookUp(String jobId) {
        WeakReference<EventLog> reference = known.get(jobId);
        return reference == null ? null : reference.get();
    }

    private void hold(String jobId, EventLog log) {
        held.put(jobId, log);
        if (held.size() > HELD) {
            held.remove(held.keySet().iterator().next());
        }
    }

    /** The log of a job that is running. */
    public Optional<EventLog> findOpen(String jobId) {
        return Optional.ofNullable(open.get(jobId));
    }

    /** Takes no more events for a job; its log can still be read. Safe twice. */
    public void close(String jobId) {
        EventLog log = open.remove(jobId);
        if (log != null) {
            log.close();
        }
    }

    /** Closes the log of a job whose folder goes away. */
    public void forget(String jobId) {
        close(jobId);
        synchronized (this) {
            held.remove(jobId);
            known.remove(jobId);
        }
    }

    /** Has a listener told of news. */
    public void addListener(LogListener listener) {
        listeners.add(listener);
    }

    private void tell(String jobId, String level) {
        listeners.forEach(listener -> listener.appended(jobId, level));
    }

    /** Closes all logs. */
    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::close);
    }
}
