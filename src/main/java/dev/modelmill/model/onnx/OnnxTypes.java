package dev.modelmill.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.modelmill.model.ElementType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Translates between the types of ONNX Runtime and our own. */
final class OnnxTypes {

    private static final String PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    private OnnxTypes() {}

    /** The type of a tensor's values, or null where tasks and results can't hold such values. */
    static @Nullable ElementType elementType(OnnxTensorType type) {
        String label = label(type);
        for (ElementType known : ElementType.values()) {
            if (known.label().equals(label)) {
                return known;
            }
        }
        return null;
    }

    /** The public name, also of a type that isn't supported: {@code float32}, {@code uint16}. */
    static String label(OnnxTensorType type) {
        return label(type.name().substring(PREFIX.length()));
    }

    /** The public name of a type inside a map or a sequence. */
    static String label(OnnxJavaType type) {
        return label(type.name());
    }

    private static String label(String onnxName) {
        return switch (onnxName) {
            case "FLOAT" -> "float32";
            case "DOUBLE" -> "float64";
            default -> onnxName.toLowerCase(Locale.ROOT);
        };
    }

    static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case INT8 -> OnnxJavaType.INT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case UINT8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
            case STRING -> OnnxJavaType.STRING;
        };
    }
}
