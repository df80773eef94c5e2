package dev.modelmill.task.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Asks before every write whether to go on. Confined to one thread; who answers may be any. */
final class StoppableOutput extends FilterOutputStream {

    private final BooleanSupplier stop;

    StoppableOutput(OutputStream out, BooleanSupplier stop) {
        super(out);
        this.stop = stop;
    }

    @Override
    public void write(int single) throws IOException {
        check();
        out.write(single);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        check();
        out.write(bytes, from, length);
    }

    private void check() throws OutputStoppedException {
        if (stop.getAsBoolean()) {
            throw new OutputStoppedException();
        }
    }
}
