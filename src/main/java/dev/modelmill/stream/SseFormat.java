package dev.modelmill.stream;

import dev.modelmill.job.log.LogLine;
import dev.modelmill.job.log.SkippedLines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes events as {@code text/event-stream}. All data is JSON that was encoded without newlines: one line an event. */
final class SseFormat {

    /** How long a client waits before it asks again, in milliseconds. */
    static final byte[] RETRY = bytes("retry: 2000\n\n");

    /** What a client never sees: it shows that both sides are there. */
    static final byte[] COMMENT = bytes(":\n\n");

    private static final byte[] PROGRESS = bytes("event: progress\ndata: ");
    private static final byte[] LOG = bytes("event: log\nid: ");
    private static final byte[] DATA = bytes("\ndata: ");
    private static final byte[] END_OF_EVENT = bytes("\n\n");

    private SseFormat() {}

    static byte[] progress(Progress progress) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(progress.json().length + 32);
        out.writeBytes(PROGRESS);
        out.writeBytes(progress.json());
        out.writeBytes(END_OF_EVENT);
        return out.toByteArray();
    }

    static byte[] logs(List<LogLine> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        for (LogLine line : lines) {
            out.writeBytes(LOG);
            out.writeBytes(bytes(Long.toString(line.seq())));
            out.writeBytes(DATA);
            out.writeBytes(line.json());
            out.writeBytes(END_OF_EVENT);
        }
        return out.toByteArray();
    }

    static byte[] dropped(SkippedLines skipped) {
        return bytes("event: dropped\nid: " + skipped.to() + "\ndata: {\"count\":" + skipped.count() + ",\"from\":"
                + skipped.from() + ",\"to\":" + skipped.to() + "}\n\n");
    }

    static byte[] end(long seq, Progress last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(last.json().length + 64);
        out.writeBytes(bytes("event: end\nid: " + seq + "\ndata: "));
        out.writeBytes(last.json());
        out.writeBytes(END_OF_EVENT);
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
