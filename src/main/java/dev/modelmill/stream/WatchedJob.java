package dev.modelmill.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A job that somebody watches, with all its clients. Shared by all threads, but only one shows progress. */
final class WatchedJob {

    private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean news = new AtomicBoolean();
    private Progress shown;

    WatchedJob(Progress shown) {
        this.shown = shown;
    }

    Set<StreamClient> clients() {
        return clients;
    }

    /** Offers all clients the job as it is now; those that have seen it aren't bothered. */
    void show(Progress now) {
        if (!now.isLike(shown)) {
            shown = now;
        }
        clients.forEach(client -> client.offer(shown));
    }

    /** Whether this is the first news since they were passed on. */
    boolean noteNews() {
        return news.compareAndSet(false, true);
    }

    /** Passes news of the log on. */
    void pump() {
        news.set(false);
        clients.forEach(StreamClient::pump);
    }

    /** Closes all streams of the job without {@code end}. */
    void leave() {
        clients.forEach(StreamClient::leave);
    }
}
