package dev.modelmill.model.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes small ONNX models by hand, field by field after {@code onnx.proto}, so that tests can have a model of every kind.
 * Types are the public names ({@code float32}, {@code uint16}); an axis of -1 is dynamic. Ready-made ones are in
 * {@link OnnxFiles}.
 */
public final class OnnxModelBuilder {

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final List<String> TYPES = List.of(
            "undefined",
            "float32",
            "uint8",
            "int8",
            "uint16",
            "int16",
            "int32",
            "int64",
            "string",
            "bool",
            "float16",
            "float64",
            "uint32",
            "uint64",
            "complex64",
            "complex128",
            "bfloat16");

    private final List<Protobuf> nodes = new ArrayList<>();
    private final List<Protobuf> initializers = new ArrayList<>();
    private final List<Protobuf> inputs = new ArrayList<>();
    private final List<Protobuf> outputs = new ArrayList<>();

    /** An empty model, or the body of a loop. */
    public static OnnxModelBuilder model() {
        return new OnnxModelBuilder();
    }

    /** Declares a tensor input. */
    public OnnxModelBuilder input(String name, String type, long... shape) {
        inputs.add(value(name, tensorType(type, shape(name, shape))));
        return this;
    }

    /** Declares a tensor input whose shape the model leaves open. */
    public OnnxModelBuilder inputWithoutShape(String name, String type) {
        inputs.add(value(name, tensorType(type, null)));
        return this;
    }

    /** Declares an input that is a sequence of tensors. */
    public OnnxModelBuilder sequenceInput(String name, String type) {
        inputs.add(value(name, sequenceType(type)));
        return this;
    }

    /** Declares an input that is an optional tensor. */
    public OnnxModelBuilder optionalInput(String name, String type, long... shape) {
        Protobuf optional = new Protobuf().message(1, tensorType(type, shape(name, shape)));
        inputs.add(value(name, new Protobuf().message(9, optional)));
        return this;
    }

    /** Declares a tensor output. */
    public OnnxModelBuilder output(String name, String type, long... shape) {
        outputs.add(value(name, tensorType(type, shape(name, shape))));
        return this;
    }

    /** Declares a tensor output whose shape the model leaves open. */
    public OnnxModelBuilder outputWithoutShape(String name, String type) {
        outputs.add(value(name, tensorType(type, null)));
        return this;
    }

    /** Declares an output that is a sequence of tensors. */
    public OnnxModelBuilder sequenceOutput(String name, String type) {
        outputs.add(value(name, sequenceType(type)));
        return this;
    }

    /** Adds a node with one output. */
    public OnnxModelBuilder node(String operator, List<String> from, String to, Attribute... attributes) {
        Protobuf node = new Protobuf();
        from.forEach(name -> node.text(1, name));
        node.text(2, to).text(3, operator + "_" + nodes.size()).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.proto);
        }
        nodes.add(node);
        return this;
    }

    /** Adds a constant of whole numbers; of shape [] where {@code shape} is empty. */
    public OnnxModelBuilder integers(String name, long[] shape, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return constant(name, "int64", shape, raw.array());
    }

    /** Adds a constant of floats; of shape [] where {@code shape} is empty. */
    public OnnxModelBuilder floats(String name, long[] shape, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return constant(name, "float32", shape, raw.array());
    }

    /** Adds a constant from its bytes in little-endian order. */
    public OnnxModelBuilder constant(String name, String type, long[] shape, byte[] raw) {
        initializers.add(tensor(name, type, shape).bytes(9, raw));
        return this;
    }

    /** Adds a constant of strings. */
    public OnnxModelBuilder strings(String name, String... values) {
        Protobuf tensor = tensor(name, "string", new long[] {values.length});
        for (String value : values) {
            tensor.text(6, value);
        }
        initializers.add(tensor);
        return this;
    }

    /** Adds a constant whose bytes lie in another file, named relative to the model's. */
    public OnnxModelBuilder externalConstant(String name, String type, long[] shape, String location) {
        Protobuf entry = new Protobuf().text(1, "location").text(2, location);
        initializers.add(tensor(name, type, shape).message(13, entry).number(14, 1));
        return this;
    }

    /** Writes the model to a file, making its folder. */
    public Path writeTo(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model as the bytes of an ONNX file. */
    public byte[] toBytes() {
        Protobuf opset = new Protobuf().text(1, "").number(2, OPSET);
        Protobuf model = new Protobuf().number(1, IR_VERSION).text(2, "modelmill tests");
        return model.message(7, graph()).message(8, opset).toBytes();
    }

    private Protobuf graph() {
        Protobuf graph = new Protobuf();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, "graph");
        initializers.forEach(initializer -> graph.message(5, initializer));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return graph;
    }

    private static Protobuf value(String name, Protobuf type) {
        return new Protobuf().text(1, name).message(2, type);
    }

    private static Protobuf tensorType(String type, Protobuf shape) {
        Protobuf tensor = new Protobuf().number(1, TYPES.indexOf(type));
        return new Protobuf().message(1, shape == null ? tensor : tensor.message(2, shape));
    }

    private static Protobuf sequenceType(String type) {
        return new Protobuf().message(4, new Protobuf().message(1, tensorType(type, null)));
    }

    private static Protobuf shape(String name, long[] axes) {
        Protobuf shape = new Protobuf();
        for (int i = 0; i < axes.length; i++) {
            Protobuf axis = new Protobuf();
            shape.message(1, axes[i] < 0 ? axis.text(2, name + "_" + i) : axis.number(1, axes[i]));
        }
        return shape;
    }

    private static Protobuf tensor(String name, String type, long[] shape) {
        Protobuf tensor = new Protobuf();
        for (long axis : shape) {
            tensor.number(1, axis);
        }
        return tensor.number(2, TYPES.indexOf(type)).text(8, name);
    }

    /** An attribute of a node. */
    public static final class Attribute {

        private final Protobuf proto;

        private Attribute(Protobuf proto) {
            this.proto = proto;
        }

        /** A whole number. */
        public static Attribute of(String name, long value) {
            return new Attribute(new Protobuf().text(1, name).number(3, value).number(20, 2));
        }

        /** Several whole numbers, as {@code Transpose} has them. */
        public static Attribute ofAll(String name, long... values) {
            Protobuf all = new Protobuf().text(1, name);
            for (long value : values) {
                all.number(8, value);
            }
            return new Attribute(all.number(20, 7));
        }

        /** An element type, as {@code Cast} has one. */
        public static Attribute ofType(String name, String type) {
            return of(name, TYPES.indexOf(type));
        }

        /** A graph, as {@code Loop} has one. */
        public static Attribute of(String name, OnnxModelBuilder body) {
            return new Attribute(
                    new Protobuf().text(1, name).message(6, body.graph()).number(20, 5));
        }
    }
}
