package dev.modelmill.bench;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Reads one event stream as it comes, keeping no more of a line than tells what it is. Confined to one thread. */
final class EventReader {

    private static final int HEAD = 8;
    private static final int NAME_AT = 7;
    private static final long PRIME = 1_099_511_628_211L;

    private final LongConsumer progress;
    private final Runnable end;
    private final byte[] head = new byte[HEAD];
    private int length;
    private long hash;
    private byte event;
    private boolean ended;

    /** @param progress told of each progress event, by a number that is equal for equal contents */
    EventReader(LongConsumer progress, Runnable end) {
        this.progress = progress;
        this.end = end;
    }

    void read(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                take();
                length = 0;
                hash = 0;
            } else {
                if (length < HEAD) {
                    head[length++] = next;
                }
                hash = (hash ^ next) * PRIME;
            }
        }
    }

    private void take() {
        if (length < HEAD) {
            return;
        }
        if (head[0] == 'e') {
            event = head[NAME_AT];
        } else if (head[0] == 'd' && event == 'p') {
            progress.accept(hash);
        } else if (head[0] == 'd' && event == 'e' && !ended) {
            ended = true;
            end.run();
        }
    }

    /** Whether the job's end has arrived. */
    boolean ended() {
        return ended;
    }
}
