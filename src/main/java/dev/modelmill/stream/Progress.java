package dev.modelmill.stream;

import java.util.Arrays;

/**
 * A job as it was at some time, encoded once for all clients, so nobody may change the bytes.
 *
 * @param json the job as JSON without newlines
 * @param ended whether that is its last status
 */
@SuppressWarnings("ArrayRecordComponent")
record Progress(byte[] json, boolean ended) {

    /** Whether a client who has seen the one has seen the other. */
    boolean isLike(Progress other) {
        return this == other || ended == other.ended && Arrays.equals(json, other.json);
    }
}
