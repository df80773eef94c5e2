package dev.modelmill.task.output;

import java.io.IOException;
import java.io.OutputStream;

/** Takes lines one after the other. */
@FunctionalInterface
public interface LineSink {

    /** Takes the line between {@code from} and {@code to}, its LF included; the bytes are valid during the call only. */
    void line(byte[] bytes, int from, int to) throws IOException;

    /** A sink that writes the lines as they are. */
    static LineSink to(OutputStream out) {
        return (bytes, from, to) -> out.write(bytes, from, to - from);
    }
}
