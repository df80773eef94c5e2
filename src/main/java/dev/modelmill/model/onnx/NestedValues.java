package dev.modelmill.model.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import dev.modelmill.model.ModelException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads maps and sequences, and the tensors in them, as Java maps, lists and boxed values. Stateless. */
final class NestedValues {

    private NestedValues() {}

    /** The value as an object; a map's keys ascend, so that the same map always reads the same. */
    static Object read(OnnxValue value) throws OrtException {
        if (value instanceof OnnxSequence sequence) {
            return elements(sequence);
        }
        if (value instanceof OnnxMap map) {
            return sorted(map.getValue());
        }
        if (value instanceof OnnxTensor tensor) {
            return lists(tensor.getValue());
        }
        throw new ModelException("an output is of a kind that isn't supported: " + value.getType());
    }

    private static Map<Object, Object> sorted(Map<?, ?> map) {
        return new TreeMap<>(map);
    }

    /** Each element is a value of its own that its receiver has to close. */
    private static List<Object> elements(OnnxSequence sequence) throws OrtException {
        List<? extends OnnxValue> elements = sequence.getValue();
        try {
            List<Object> read = new ArrayList<>(elements.size());
            for (OnnxValue element : elements) {
                read.add(read(element));
            }
            return read;
        } finally {
            elements.forEach(OnnxValue::close);
        }
    }

    private static Object lists(Object value) {
        if (!value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        List<Object> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            list.add(lists(Array.get(value, i)));
        }
        return list;
    }
}
