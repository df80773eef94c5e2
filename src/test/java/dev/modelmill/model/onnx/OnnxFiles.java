package dev.modelmill.model.onnx;

import static dev.modelmill.model.onnx.OnnxModelBuilder.model;

import dev.modelmill.model.onnx.OnnxModelBuilder.Attribute;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Ready-made ONNX models, one of each kind that a test may want. */
public final class OnnxFiles {

    private OnnxFiles() {}

    /** Gives {@code x} back as {@code y}. */
    public static OnnxModelBuilder identity(String type, long... shape) {
        return model().input("x", type, shape)
                .node("Identity", List.of("x"), "y")
                .output("y", type, shape);
    }

    /** {@code sum = a + b} and {@code difference = a - b}, float32 {@code [batch, 2]}. */
    public static OnnxModelBuilder sumAndDifference() {
        return model().input("a", "float32", -1, 2)
                .input("b", "float32", -1, 2)
                .node("Add", List.of("a", "b"), "sum")
                .node("Sub", List.of("a", "b"), "difference")
                .output("sum", "float32", -1, 2)
                .output("difference", "float32", -1, 2);
    }

    /** {@code total} is the sum of {@code tokens} int64 {@code [batch, length]}, {@code doubled} has their shape. */
    public static OnnxModelBuilder tokens() {
        return model().input("tokens", "int64", -1, -1)
                .integers("axis", new long[] {1}, 1)
                .node("ReduceSum", List.of("tokens", "axis"), "total", Attribute.of("keepdims", 0))
                .node("Add", List.of("tokens", "tokens"), "doubled")
                .output("total", "int64", -1)
                .output("doubled", "int64", -1, -1);
    }

    /** Looks {@code index} int64 {@code [batch]} up in a table of three floats; fails outside of -3 to 2. */
    public static OnnxModelBuilder lookup() {
        return model().input("position", "int64", -1)
                .floats("table", new long[] {3}, 10, 20, 30)
                .node("Gather", List.of("table", "position"), "value")
                .output("value", "float32", -1);
    }

    /** Adds 1 to {@code x} float32 {@code [batch, 1]} as often as {@code times} says, one step of a loop each. */
    public static OnnxModelBuilder loop(long times) {
        OnnxModelBuilder body = model().input("step", "int64")
                .input("go", "bool")
                .input("before", "float32", -1, 1)
                .floats("one", new long[] {}, 1)
                .node("Identity", List.of("go"), "goOn")
                .node("Add", List.of("before", "one"), "after")
                .output("goOn", "bool")
                .output("after", "float32", -1, 1);
        return model().input("x", "float32", -1, 1)
                .integers("times", new long[] {}, times)
                .constant("yes", "bool", new long[] {}, new byte[] {1})
                .node("Loop", List.of("times", "yes", "x"), "y", Attribute.of("body", body))
                .output("y", "float32", -1, 1);
    }

    /**
     * Gives {@code times} int64 {@code [batch]} back as {@code y}, after as many steps of a loop as the greatest of them
     * says: a call takes as long as its worst task.
     */
    public static OnnxModelBuilder loopByInput() {
        OnnxModelBuilder body = model().input("step", "int64")
                .input("go", "bool")
                .input("before", "int64", -1)
                .integers("nothing", new long[] {}, 0)
                .node("Identity", List.of("go"), "goOn")
                .node("Add", List.of("before", "nothing"), "after")
                .output("goOn", "bool")
                .output("after", "int64", -1);
        return model().input("times", "int64", -1)
                .node("ReduceMax", List.of("times"), "most", Attribute.of("keepdims", 0))
                .constant("yes", "bool", new long[] {}, new byte[] {1})
                .node("Loop", List.of("most", "yes", "times"), "y", Attribute.of("body", body))
                .output("y", "int64", -1);
    }

    /**
     * Takes long to load, in a way that nothing can break off: constants of {@code size} by {@code size} that are
     * multiplied {@code times} times before the session is there. Gives {@code x} float32 {@code [batch, 1]} back as {@code y}.
     */
    public static OnnxModelBuilder slowToLoad(int size, int times) {
        OnnxModelBuilder model = model().input("x", "float32", -1, 1)
                .integers("shape", new long[] {2}, size, size)
                .node("ConstantOfShape", List.of("shape"), "product0");
        for (int i = 0; i < times; i++) {
            model.node("MatMul", List.of("product" + i, "product0"), "product" + (i + 1));
        }
        return model.node("ReduceMax", List.of("product" + times), "zero", Attribute.of("keepdims", 0))
                .node("Add", List.of("x", "zero"), "y")
                .output("y", "float32", -1, 1);
    }

    /** Says that {@code y} has the batch axis of {@code x} float32 {@code [batch, 2]} but gives the first row alone. */
    public static OnnxModelBuilder outputThatForgetsTheBatch() {
        return model().input("x", "float32", -1, 2)
                .constant("which", "bool", new long[] {1}, new byte[] {1})
                .node("Compress", List.of("x", "which"), "y", Attribute.of("axis", 0))
                .output("y", "float32", -1, 2);
    }

    /** Says that {@code y} is {@code [batch, 3]} but gives {@code x} float32 {@code [batch, 2]} without its zeros. */
    public static OnnxModelBuilder outputOfAnotherShape() {
        return model().input("x", "float32", -1, 2)
                .constant("which", "bool", new long[] {2}, new byte[] {1, 0})
                .node("Compress", List.of("x", "which"), "y", Attribute.of("axis", 1))
                .output("y", "float32", -1, 3);
    }

    /** Cuts {@code x} float32 {@code [batch, 2]} into a sequence of its rows. */
    public static OnnxModelBuilder sequence() {
        return model().input("x", "float32", -1, 2)
                .node("SplitToSequence", List.of("x"), "rows", Attribute.of("axis", 0), Attribute.of("keepdims", 0))
                .sequenceOutput("rows", "float32");
    }

    /** Adds the two float32 that lie in the file {@code location} to {@code x} float32 {@code [batch, 2]}. */
    public static OnnxModelBuilder externalData(String location) {
        return model().input("x", "float32", -1, 2)
                .externalConstant("weights", "float32", new long[] {2}, location)
                .node("Add", List.of("x", "weights"), "y")
                .output("y", "float32", -1, 2);
    }

    /** The bytes of external data that {@link #externalData} adds. */
    public static byte[] weights(float first, float second) {
        ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        return raw.putFloat(first).putFloat(second).array();
    }
}
