package dev.modelmill.bench;

import static dev.modelmill.model.onnx.OnnxModelBuilder.model;

import dev.modelmill.model.onnx.OnnxModelBuilder;
import dev.modelmill.model.onnx.OnnxModelBuilder.Attribute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The models that the bench makes itself, with random weights, always the same. */
final class BenchModels {

    private static final int WIDTH = 256;
    private static final int INNER = 1_024;
    private static final int HEADS = 8;
    private static final int LAYERS = 4;
    private static final int EMBEDDING = 128;
    private static final int SIDE = 7_000;
    private static final int BULKY_INPUT = 64;

    private BenchModels() {}

    /**
     * A transformer's encoder: {@code input_ids} int64 {@code [batch, 64]} to {@code embedding} float32 {@code [batch,
     * 128]}, some milliseconds a task. Its four layers share their weights, which costs the same time.
     */
    static OnnxModelBuilder encoder() {
        Random random = new Random(0);
        OnnxModelBuilder model = model().input("input_ids", "int64", -1, BenchInputs.TOKENS);
        weights(model, random, "tokens", BenchInputs.VOCABULARY, WIDTH);
        weights(model, random, "places", BenchInputs.TOKENS, WIDTH);
        for (String name : List.of("query", "key", "value", "attended")) {
            linear(model, random, name, WIDTH, WIDTH);
        }
        linear(model, random, "widen", WIDTH, INNER);
        linear(model, random, "narrow", INNER, WIDTH);
        linear(model, random, "embed", WIDTH, EMBEDDING);
        model.floats("scale", new long[] {}, (float) (1 / Math.sqrt((double) WIDTH / HEADS)))
                .floats("gain", new long[] {WIDTH}, filled(WIDTH, 1))
                .floats("shift", new long[] {WIDTH}, filled(WIDTH, 0))
                .integers("heads", new long[] {4}, 0, BenchInputs.TOKENS, HEADS, WIDTH / HEADS)
                .integers("joined", new long[] {3}, 0, BenchInputs.TOKENS, WIDTH)
                .node("Gather", List.of("tokens", "input_ids"), "found")
                .node("Add", List.of("found", "places"), "layer0");
        for (int layer = 0; layer < LAYERS; layer++) {
            layer(model, "layer" + layer, "layer" + (layer + 1));
        }
        model.node(
                "ReduceMean",
                List.of("layer" + LAYERS),
                "mean",
                Attribute.ofAll("axes", 1),
                Attribute.of("keepdims", 0));
        apply(model, "embed", "mean", "embedding");
        return model.output("embedding", "float32", -1, EMBEDDING);
    }

    /** Attention, then two dense ones, each added to what went in and normalised. */
    private static void layer(OnnxModelBuilder model, String from, String to) {
        Attribute rowsLast = Attribute.ofAll("perm", 0, 2, 1, 3);
        heads(model, "query", from, to, rowsLast);
        heads(model, "key", from, to, Attribute.ofAll("perm", 0, 2, 3, 1));
        heads(model, "value", from, to, rowsLast);
        model.node("MatMul", List.of(to + ".query", to + ".key"), to + ".raw")
                .node("Mul", List.of(to + ".raw", "scale"), to + ".scaled")
                .node("Softmax", List.of(to + ".scaled"), to + ".attention")
                .node("MatMul", List.of(to + ".attention", to + ".value"), to + ".mixed")
                .node("Transpose", List.of(to + ".mixed"), to + ".turned", rowsLast)
                .node("Reshape", List.of(to + ".turned", "joined"), to + ".joined");
        apply(model, "attended", to + ".joined", to + ".attended");
        normalise(model, from, to + ".attended", to + ".middle");
        apply(model, "widen", to + ".middle", to + ".wide");
        model.node("Relu", List.of(to + ".wide"), to + ".relu");
        apply(model, "narrow", to + ".relu", to + ".narrow");
        normalise(model, to + ".middle", to + ".narrow", to);
    }

    private static void heads(OnnxModelBuilder model, String name, String from, String to, Attribute order) {
        String at = to + "." + name;
        apply(model, name, from, at + ".flat");
        model.node("Reshape", List.of(at + ".flat", "heads"), at + ".heads")
                .node("Transpose", List.of(at + ".heads"), at, order);
    }

    private static void normalise(OnnxModelBuilder model, String first, String second, String to) {
        model.node("Add", List.of(first, second), to + ".sum")
                .node("LayerNormalization", List.of(to + ".sum", "gain", "shift"), to);
    }

    private static void apply(OnnxModelBuilder model, String linear, String from, String to) {
        model.node("MatMul", List.of(from, linear), to + ".product")
                .node("Add", List.of(to + ".product", linear + ".bias"), to);
    }

    private static void linear(OnnxModelBuilder model, Random random, String name, int from, int to) {
        weights(model, random, name, from, to);
        model.floats(name + ".bias", new long[] {to}, filled(to, 0));
    }

    private static void weights(OnnxModelBuilder model, Random random, String name, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / Math.sqrt(rows));
        }
        model.floats(name, new long[] {rows, columns}, values);
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    /**
     * Writes a model of 200 MB, nearly all of it one matrix in a file beside it: {@code x} float32 {@code [batch, 64]} to
     * {@code y} float32 {@code [batch]}.
     */
    static void writeBulky(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        writeMatrix(file.resolveSibling("matrix.bin"));
        OnnxModelBuilder model = model().input("x", "float32", -1, BULKY_INPUT);
        weights(model, new Random(0), "widen", BULKY_INPUT, SIDE);
        model.externalConstant("matrix", "float32", new long[] {SIDE, SIDE}, "matrix.bin")
                .node("MatMul", List.of("x", "widen"), "wide")
                .node("MatMul", List.of("wide", "matrix"), "product")
                .node("ReduceMean", List.of("product"), "y", Attribute.ofAll("axes", 1), Attribute.of("keepdims", 0))
                .output("y", "float32", -1)
                .writeTo(file);
    }

    private static void writeMatrix(Path file) throws IOException {
        Random random = new Random(1);
        ByteBuffer row = ByteBuffer.allocate(SIDE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SIDE; i++) {
                row.clear();
                while (row.hasRemaining()) {
                    row.putFloat(random.nextFloat() - 0.5f);
                }
                row.flip();
                while (row.hasRemaining()) {
                    out.write(row);
                }
            }
        }
    }
}
