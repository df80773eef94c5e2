package dev.modelmill.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import dev.modelmill.model.Batch;
import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.ElementType;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Outputs.Column;
import dev.modelmill.model.Signature.Batching;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls the shared session of a model for one worker: input tensors over the batch's buffers, outputs into buffers of its
 * own where their size is known. Confined to the worker's thread, but for {@link #terminate}.
 */
final class OnnxInstance implements ModelInstance {

    private final OnnxModel model;
    private final boolean batched;
    private final Map<String, PinnedOutput> pinned = new LinkedHashMap<>();
    private volatile @Nullable Call call;

    OnnxInstance(OnnxModel model) {
        this.model = model;
        this.batched = model.signature().batching() != Batching.NONE;
        for (OutputSpec output : model.signature().outputs()) {
            if (output.elementType() != null && PinnedOutput.isPossible(output, model.signature())) {
                List<Long> taskShape = PinnedOutput.taskShape(output, model.signature());
                pinned.put(output.name(), new PinnedOutput(output, output.elementType(), taskShape, batched));
            }
        }
    }

    @Override
    public Outputs run(Batch batch) {
        TensorBatch tasks = (TensorBatch) batch;
        try (Call running = new Call()) {
            call = running;
            return run(tasks, running);
        } catch (OrtException e) {
            throw new ModelException(model.clean(e), e);
        } finally {
            call = null;
        }
    }

    private Outputs run(TensorBatch tasks, Call running) throws OrtException {
        try (NativeTensors inputs = inputs(tasks)) {
            return run(tasks.size(), inputs, running, model.pins());
        } catch (OrtException e) {
            if (running.isTerminated()) {
                throw new CallTerminatedException("the call was stopped");
            }
            throw e;
        }
    }

    private Outputs run(int size, NativeTensors inputs, Call running, boolean pin) throws OrtException {
        try (NativeTensors pins = pin ? pins(size) : new NativeTensors()) {
            Set<String> requested = requested(pins.byName());
            try (Result result = model.session().run(inputs.byName(), requested, pins.byName(), running.options())) {
                return new OnnxOutputs(size, columns(size, result, pins.byName()));
            }
        } catch (OrtException e) {
            if (pin && model.stopPinning(e)) {
                return run(size, inputs, running, false);
            }
            throw e;
        }
    }

    private NativeTensors inputs(TensorBatch tasks) throws OrtException {
        NativeTensors tensors = new NativeTensors();
        try {
            for (Tensor input : tasks.inputs()) {
                tensors.add(input.name(), tensor(input));
            }
            return tensors;
        } catch (OrtException | RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private OnnxTensor tensor(Tensor input) throws OrtException {
        if (input.type() == ElementType.STRING) {
            String[] strings = Arrays.copyOf(input.strings(), Math.toIntExact(input.elements()));
            return OnnxTensor.createTensor(model.environment(), strings, input.shape());
        }
        return OnnxTensor.createTensor(
                model.environment(), input.data(), input.shape(), OnnxTypes.javaType(input.type()));
    }

    private NativeTensors pins(int size) throws OrtException {
        NativeTensors tensors = new NativeTensors();
        try {
            for (PinnedOutput output : pinned.values()) {
                if (output.fits(size)) {
                    tensors.add(output.output().name(), output.tensor(model.environment(), size));
                }
            }
            return tensors;
        } catch (OrtException | RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private Set<String> requested(Map<String, OnnxTensor> pins) {
        Set<String> names = new LinkedHashSet<>();
        for (OutputSpec output : model.signature().outputs()) {
            if (!pins.containsKey(output.name())) {
                names.add(output.name());
            }
        }
        return names;
    }

    private List<Column> columns(int size, Result result, Map<String, OnnxTensor> pins) throws OrtException {
        List<Column> columns = new ArrayList<>(model.signature().outputs().size());
        for (OutputSpec output : model.signature().outputs()) {
            columns.add(
                    pins.containsKey(output.name())
                            ? pinned.get(output.name()).column(size)
                            : read(size, output, result));
        }
        return columns;
    }

    private Column read(int size, OutputSpec output, Result result) throws OrtException {
        OnnxValue value = result.get(output.name()).orElseThrow();
        return OutputReader.read(output, value, size, batched);
    }

    @Override
    public void terminate() {
        Call running = call;
        if (running != null) {
            running.terminate();
        }
    }

    /** Its buffers are the garbage collector's; the session is the model's. */
    @Override
    public void close() {}
}
