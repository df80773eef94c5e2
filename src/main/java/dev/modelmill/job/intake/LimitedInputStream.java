package dev.modelmill.job.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/** A stream that refuses to go on past a limit. Confined to one thread. */
final class LimitedInputStream extends FilterInputStream {

    private final DataSize limit;
    private long count;

    LimitedInputStream(InputStream source, DataSize limit) {
        super(source);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        counted(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        counted(Math.max(0, read));
        return read;
    }

    private void counted(int more) {
        count += more;
        if (count > limit.toBytes()) {
            throw new RequestTooLargeException(
                    "a JSON body has at most " + limit.toMegabytes() + " MB; upload the tasks as a file instead");
        }
    }
}
