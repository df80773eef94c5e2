package dev.modelmill.task.output;

import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;

/**
 * Writes to a file and forces it to the disk every few megabytes, so that no single force takes long: none can be broken
 * off. Confined to one thread.
 */
final class SteadilyForced extends FilterOutputStream {

    private static final long MOST_UNFORCED = 32L << 20;

    private final FileOutputStream file;
    private long unforced;

    SteadilyForced(FileOutputStream file) {
        super(file);
        this.file = file;
    }

    @Override
    public void write(int single) throws IOException {
        file.write(single);
        written(1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        file.write(bytes, from, length);
        written(length);
    }

    private void written(int count) throws IOException {
        unforced += count;
        if (unforced >= MOST_UNFORCED) {
            force();
        }
    }

    /** Forces what has not been forced yet. */
    void force() throws IOException {
        file.getFD().sync();
        unforced = 0;
    }
}
