package dev.modelmill.model.onnx;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import dev.modelmill.model.ElementType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An input or output as the model file declares it.
 *
 * @param name its name
 * @param kind what kind of value it is
 * @param type the public name of its type: {@code float32}, {@code sequence(map(string,float32))}
 * @param elementType the type of a tensor's values; null where it is no tensor or of a type that isn't supported
 * @param supported whether an output like this can be read
 * @param shape a tensor's shape, -1 for a dynamic axis; null where it is no tensor or declares no shape
 */
record DeclaredValue(
        String name,
        Kind kind,
        String type,
        @Nullable ElementType elementType,
        boolean supported,
        @Nullable List<Long> shape) {

    private static final Set<OnnxJavaType> IN_SEQUENCES =
            EnumSet.of(OnnxJavaType.STRING, OnnxJavaType.INT64, OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE);

    /** What kind of value it is. */
    enum Kind {
        TENSOR,
        SEQUENCE,
        MAP,
        OTHER
    }

    /**
     * What ONNX Runtime says of an input or output.
     *
     * @param hasShape whether a tensor whose shape it gives as {@code []} is a scalar and not just without a shape
     */
    static DeclaredValue of(NodeInfo node, boolean hasShape) {
        String name = node.getName();
        if (node.getInfo() instanceof TensorInfo info) {
            ElementType elementType = OnnxTypes.elementType(info.onnxType);
            List<Long> shape = hasShape ? Arrays.stream(info.getShape()).boxed().toList() : null;
            String type = OnnxTypes.label(info.onnxType);
            return new DeclaredValue(name, Kind.TENSOR, type, elementType, elementType != null, shape);
        }
        if (node.getInfo() instanceof SequenceInfo info) {
            return new DeclaredValue(name, Kind.SEQUENCE, label(info), null, isSupported(info), null);
        }
        if (node.getInfo() instanceof MapInfo info) {
            return new DeclaredValue(name, Kind.MAP, label(info), null, true, null);
        }
        return new DeclaredValue(name, Kind.OTHER, "unknown", null, false, null);
    }

    private static String label(SequenceInfo info) {
        return "sequence(" + (info.isSequenceOfMaps() ? label(info.mapInfo) : OnnxTypes.label(info.sequenceType)) + ")";
    }

    private static String label(MapInfo info) {
        return "map(" + OnnxTypes.label(info.keyType) + "," + OnnxTypes.label(info.valueType) + ")";
    }

    private static boolean isSupported(SequenceInfo info) {
        return info.isSequenceOfMaps() || IN_SEQUENCES.contains(info.sequenceType);
    }
}
