package dev.modelmill.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/**
 * A range of the bytes of an answer (RFC 9110, section 14).
 *
 * @param from the first byte
 * @param length how many, at least 1
 */
record ByteRange(long from, long length) {

    /**
     * The one range that a header asks for; null where the whole is to be sent: a header that is no range of bytes, or asks
     * for several.
     *
     * @throws RangeNotSatisfiableException if nothing of it is there
     */
    static @Nullable ByteRange parse(String header, long available) {
        HttpRange range = only(header);
        if (range == null) {
            return null;
        }
        if (available == 0 || range.getRangeStart(available) >= available) {
            throw new RangeNotSatisfiableException(available);
        }
        long from = range.getRangeStart(available);
        return new ByteRange(from, range.getRangeEnd(available) - from + 1);
    }

    private static @Nullable HttpRange only(String header) {
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(header);
            return ranges.size() == 1 ? ranges.get(0) : null;
        } catch (IllegalArgumentException notARange) {
            return null;
        }
    }

    String contentRange(long available) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + available;
    }
}
