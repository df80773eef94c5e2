package dev.modelmill.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream: moves events from its feed to its socket as far as the socket takes them, never waiting for it. Any
 * thread may call; all state is guarded by one lock, which is held neither while the request is completed nor in
 * {@link #onComplete}, where the container holds a lock of its own.
 *
 * <p>The rules of the servlet specification, 5.7 and {@link WriteListener}: nothing is written unless {@code isReady()}
 * has just said so; once it said no, the container calls {@link #onWritePossible}, and until then the stream is left
 * alone.
 */
final class StreamClient implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** After so many bytes others have their turn. */
    private static final int BYTES_OF_A_TURN = 512 * 1024;

    private enum Outcome {
        /** The socket takes no more: the container calls. */
        FULL,
        /** There is nothing more to be sent. */
        IDLE,
        /** There is more, but others have their turn. */
        MORE,
        /** Everything was sent. */
        DONE
    }

    private final AsyncContext request;
    private final ServletOutputStream out;
    private final EventFeed feed;
    private final long heartbeatNanos;
    private final Executor turns;
    private final Consumer<StreamClient> whenClosed;

    private final ReentrantLock lock = new ReentrantLock();
    private boolean full = true;
    private boolean unflushed;
    private boolean leaving;
    private boolean queued;
    private long lastWrite = System.nanoTime();
    private volatile boolean closed;

    /**
     * A stream that begins once the container has called.
     *
     * @param request in asynchronous mode
     * @param turns where the client gets its further turns; doesn't block
     * @param whenClosed is told, perhaps more than once, that the client is gone
     */
    StreamClient(
            AsyncContext request, EventFeed feed, Duration heartbeat, Executor turns, Consumer<StreamClient> whenClosed)
            throws IOException {
        request.setTimeout(0);
        this.request = request;
        this.out = request.getResponse().getOutputStream();
        this.feed = feed;
        this.heartbeatNanos = heartbeat.toNanos();
        this.turns = turns;
        this.whenClosed = whenClosed;
    }

    /** Hands the stream to the container, which calls when the first bytes may be written. */
    void begin() {
        request.addListener(this);
        out.setWriteListener(this);
    }

    /** Has the client told of progress. */
    void offer(Progress progress) {
        lock.lock();
        try {
            feed.offer(progress);
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** Sends what there is, as far as the socket takes it. */
    void pump() {
        act(() -> {});
    }

    /** Closes the stream without {@code end}: at once, or when the socket has taken what it was given. */
    void leave() {
        act(() -> leaving = true);
    }

    @Override
    public void onWritePossible() {
        act(() -> full = false);
    }

    private void takeTurn() {
        act(() -> queued = false);
    }

    private void act(Runnable change) {
        Outcome outcome;
        lock.lock();
        try {
            change.run();
            outcome = closed || full ? Outcome.FULL : write();
            full = outcome == Outcome.FULL;
            if (outcome == Outcome.DONE) {
                closed = true;
            }
        } catch (IOException gone) {
            // The container knows, and comes with onError.
            LOG.debug("A client of a progress stream is gone", gone);
            closed = true;
            outcome = Outcome.FULL;
        } catch (RuntimeException problem) {
            LOG.debug("A progress stream is closed after a failure", problem);
            closed = true;
            outcome = Outcome.DONE;
        } finally {
            lock.unlock();
        }
        follow(outcome);
    }

    private void follow(Outcome outcome) {
        switch (outcome) {
            case MORE -> queue();
            case DONE -> complete();
            case FULL, IDLE -> {}
        }
        if (closed) {
            whenClosed.accept(this);
        }
    }

    private Outcome write() throws IOException {
        int left = BYTES_OF_A_TURN;
        while (out.isReady()) {
            byte[] events = leaving ? null : next();
            if (events != null) {
                out.write(events);
                unflushed = true;
                lastWrite = System.nanoTime();
                left -= events.length;
            } else if (unflushed) {
                out.flush();
                unflushed = false;
            } else {
                return leaving || feed.isFinished() ? Outcome.DONE : Outcome.IDLE;
            }
            if (left <= 0) {
                return Outcome.MORE;
            }
        }
        return Outcome.FULL;
    }

    private byte @Nullable [] next() {
        try {
            byte[] events = feed.next();
            return events == null && isSilent() ? SseFormat.COMMENT : events;
        } catch (UncheckedIOException problem) {
            LOG.debug("The log of a job can't be read any more, its stream is closed", problem);
            leaving = true;
            return null;
        }
    }

    private boolean isSilent() {
        return !feed.isFinished() && System.nanoTime() - lastWrite >= heartbeatNanos;
    }

    private void queue() {
        lock.lock();
        try {
            if (queued) {
                return;
            }
            queued = true;
        } finally {
            lock.unlock();
        }
        try {
            turns.execute(this::takeTurn);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("A progress stream gets no further turn: the service stops", stopped);
        }
    }

    private void complete() {
        try {
            request.complete();
        } catch (IllegalStateException completed) {
            LOG.debug("A progress stream was completed already", completed);
        }
    }

    /** The write failed; {@link #onError(AsyncEvent)} follows. */
    @Override
    public void onError(Throwable problem) {
        abandon();
    }

    @Override
    public void onError(AsyncEvent event) {
        abandon();
        complete();
    }

    /** Waits for a write that is under way, which never blocks: after that the container may take the response apart. */
    private void abandon() {
        lock.lock();
        closed = true;
        lock.unlock();
        whenClosed.accept(this);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        closed = true;
        whenClosed.accept(this);
    }

    /** Never comes: a stream has no timeout. */
    @Override
    public void onTimeout(AsyncEvent event) {
        complete();
    }

    /** Never comes: nobody else has the request. */
    @Override
    public void onStartAsync(AsyncEvent event) {}
}
