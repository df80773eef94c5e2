package dev.modelmill.model.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of one call, by name; closes them together. Confined to one thread. */
final class NativeTensors implements AutoCloseable {

    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

    void add(String name, OnnxTensor tensor) {
        tensors.put(name, tensor);
    }

    Map<String, OnnxTensor> byName() {
        return tensors;
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
        tensors.clear();
    }
}
