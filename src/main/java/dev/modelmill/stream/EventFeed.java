package dev.modelmill.stream;

import dev.modelmill.job.log.EventLog;
import dev.modelmill.job.log.LogCursor;
import dev.modelmill.job.log.LogLine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one client is to be sent, in order and piece by piece: knows which progress and which event of the log come next,
 * holds neither. Confined to one thread at a time.
 */
final class EventFeed {

    private static final int LINES_OF_A_PIECE = 256;

    private final EventLog log;
    private final int maxBehind;
    private final LogCursor cursor;
    private final long history;
    private @Nullable Progress due;
    private Progress last;
    private boolean begun;
    private boolean finished;

    /**
     * A feed that begins with the job as it is.
     *
     * @param after the seq after which the log begins; else it begins with the last events
     */
    EventFeed(EventLog log, Progress now, OptionalLong after, StreamSettings settings) {
        this.log = log;
        this.maxBehind = settings.maxBehind();
        this.cursor = after.isPresent() ? log.after(after.getAsLong()) : log.last(settings.first());
        this.history = log.size();
        this.due = now;
        this.last = now;
    }

    /** Has the client told of progress that it has not seen, instead of any that it was not told yet. */
    void offer(Progress progress) {
        if (!progress.isLike(last)) {
            due = progress;
            last = progress;
        }
    }

    /** The job as the client was told of last, or is about to be. */
    Progress progress() {
        return last;
    }

    /** Whether the end was given: nothing follows. */
    boolean isFinished() {
        return finished;
    }

    /**
     * Some events, about 128 KiB at most; null if there is nothing new.
     *
     * @throws java.io.UncheckedIOException if the log can't be read
     */
    byte @Nullable [] next() {
        if (finished) {
            return null;
        }
        if (!begun) {
            begun = true;
            return SseFormat.RETRY;
        }
        if (due != null) {
            return tell(due);
        }
        byte[] events = logs();
        return events == null && last.ended() ? end() : events;
    }

    private byte[] tell(Progress progress) {
        due = null;
        return SseFormat.progress(progress);
    }

    private byte @Nullable [] logs() {
        Optional<byte[]> dropped = dropped();
        if (dropped.isPresent()) {
            return dropped.get();
        }
        List<LogLine> lines = beforeEnd(cursor.read(LINES_OF_A_PIECE));
        return lines.isEmpty() ? null : SseFormat.logs(lines);
    }

    /** What was there when the client came is never dropped, however long it takes. */
    private Optional<byte[]> dropped() {
        if (cursor.position() < history || cursor.remaining() <= maxBehind) {
            return Optional.empty();
        }
        return cursor.skipToLast(maxBehind / 10).map(SseFormat::dropped);
    }

    /** Stragglers that log after the job's end are in the log, but no part of the stream. */
    private List<LogLine> beforeEnd(List<LogLine> lines) {
        if (lines.isEmpty() || !log.hasEnd()) {
            return lines;
        }
        long end = log.endSeq();
        return lines.stream().filter(line -> line.seq() < end).toList();
    }

    private byte[] end() {
        finished = true;
        return SseFormat.end(log.endSeq(), last);
    }
}
