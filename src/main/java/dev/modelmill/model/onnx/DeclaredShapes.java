package dev.modelmill.model.onnx;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the inputs and outputs of an ONNX file that declare no shape at all. ONNX Runtime's Java interface shows them like
 * scalars. Reads just the field headers of the file on the way to them ({@code onnx.proto}: ModelProto.graph = 7,
 * GraphProto.input = 11 and output = 12, ValueInfoProto.name = 1 and type = 2, TypeProto.tensor_type = 1, Tensor.shape = 2),
 * never the weights.
 */
final class DeclaredShapes {

    private final InputStream in;
    private final Set<String> without = new HashSet<>();
    private long position;

    private DeclaredShapes(InputStream in) {
        this.in = in;
    }

    /**
     * The names of the tensors without a shape.
     *
     * @throws IOException if the file can't be read or isn't ONNX
     */
    static Set<String> missingIn(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            DeclaredShapes shapes = new DeclaredShapes(in);
            shapes.model(Files.size(file));
            return shapes.without;
        }
    }

    private void model(long end) throws IOException {
        while (position < end) {
            long key = varint();
            if (isMessage(key, 7)) {
                graph(messageEnd());
            } else {
                skip(key);
            }
        }
    }

    private void graph(long end) throws IOException {
        while (position < end) {
            long key = varint();
            if (isMessage(key, 11) || isMessage(key, 12)) {
                value(messageEnd());
            } else {
                skip(key);
            }
        }
    }

    private void value(long end) throws IOException {
        String name = "";
        boolean shapeless = false;
        while (position < end) {
            long key = varint();
            if (isMessage(key, 1)) {
                name = text();
            } else if (isMessage(key, 2)) {
                shapeless = isTensorWithoutShape(messageEnd());
            } else {
                skip(key);
            }
        }
        if (shapeless) {
            without.add(name);
        }
    }

    private boolean isTensorWithoutShape(long end) throws IOException {
        boolean shapeless = false;
        while (position < end) {
            long key = varint();
            if (isMessage(key, 1)) {
                shapeless = !hasField(2, messageEnd());
            } else {
                skip(key);
            }
        }
        return shapeless;
    }

    private boolean hasField(int field, long end) throws IOException {
        boolean found = false;
        while (position < end) {
            long key = varint();
            found |= isMessage(key, field);
            skip(key);
        }
        return found;
    }

    private static boolean isMessage(long key, int field) {
        return key == ((long) field << 3 | 2);
    }

    private long messageEnd() throws IOException {
        long length = varint();
        return position + length;
    }

    private String text() throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(varint()));
        position += bytes.length;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void skip(long key) throws IOException {
        switch ((int) (key & 7)) {
            case 0 -> varint();
            case 1 -> skipBytes(8);
            case 2 -> skipBytes(varint());
            case 5 -> skipBytes(4);
            default -> throw new IOException("no ONNX file");
        }
    }

    private void skipBytes(long count) throws IOException {
        in.skipNBytes(count);
        position += count;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            position++;
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("no ONNX file");
    }
}
