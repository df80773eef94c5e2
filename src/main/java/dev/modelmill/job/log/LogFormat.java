package dev.modelmill.job.log;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of {@code log.jsonl}: events as they are shown, and marks that are hidden. A run begins with
 * <code>{"run":2}</code>; <code>{"end":2000000017}</code> says that the job ended and which seq its end has.
 */
final class LogFormat {

    static final String TIME = "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'";

    /** Longest message, in bytes of UTF-8. */
    static final int MAX_MESSAGE = 16 * 1024;

    /** No line of ours is longer: every byte of a message may become six in JSON. */
    static final int MAX_LINE = 8 * MAX_MESSAGE;

    private static final byte[] EVENT = ascii("{\"seq\":");
    private static final byte[] END = ascii("{\"end\":");
    private static final byte[] RUN = ascii("{\"run\":");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LogFormat() {}

    static byte[] encode(LogEvent event) {
        return JSON.writeValueAsBytes(event);
    }

    static LogEvent parse(byte[] json) {
        return JSON.readValue(json, LogEvent.class);
    }

    static byte[] endMark(long seq) {
        return ascii("{\"end\":" + seq + "}");
    }

    static byte[] runMark(long run) {
        return ascii("{\"run\":" + run + "}");
    }

    /** The seq of the event in a line, or -1 if it is a mark or damaged. */
    static long seq(byte[] bytes, int from, int to) {
        return isWhole(bytes, from, to) ? number(bytes, from, to, EVENT) : -1;
    }

    /** The seq of an end's mark, or -1 if the line is none. */
    static long end(byte[] bytes, int from, int to) {
        return number(bytes, from, to, END);
    }

    static boolean isRun(byte[] bytes, int from, int to) {
        return number(bytes, from, to, RUN) >= 0;
    }

    /** Power loss may leave zeros in the middle of a file; JSON of ours has no byte below a space. */
    private static boolean isWhole(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ') {
                return false;
            }
        }
        return to > from && bytes[to - 1] == '}';
    }

    private static long number(byte[] bytes, int from, int to, byte[] prefix) {
        if (!startsWith(bytes, from, to, prefix)) {
            return -1;
        }
        long number = 0;
        int first = from + prefix.length;
        int i = first;
        for (; i < to && i < first + 18 && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        boolean closed = i < to && (bytes[i] == ',' || bytes[i] == '}');
        return i > first && closed ? number : -1;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        if (to - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * A message as it is kept: what UTF-8 can't say (half a surrogate pair) replaced, and cut between two characters
     * where it is longer than {@link #MAX_MESSAGE}.
     */
    static String tidy(String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_MESSAGE) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        int cut = MAX_MESSAGE;
        while ((utf8[cut] & 0xC0) == 0x80) {
            cut--;
        }
        String kept = new String(utf8, 0, cut, StandardCharsets.UTF_8);
        return kept + "… [cut: " + utf8.length + " bytes]";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
