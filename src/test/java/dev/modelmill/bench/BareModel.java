package dev.modelmill.bench;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The model alone: one session of one thread a call, called by some threads with batches that lie in memory, into buffers
 * that are reused. What a service around it can reach at most. Used by one thread.
 */
final class BareModel implements AutoCloseable {

    private static final int WARM_UP = 3;
    private static final int VALUES_BELOW = 17;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    BareModel(Path model) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model.toString(), options);
        } catch (OrtException e) {
            throw new IllegalStateException("no session over " + model, e);
        }
    }

    /** Runs so many rows in all and tells the rows a second. */
    double rowsPerSecond(int batch, int threads, long rows) {
        long calls = Math.max(1, rows / batch / threads);
        call(batch, threads, WARM_UP);
        double seconds = call(batch, threads, calls);
        return calls * batch * threads / seconds;
    }

    private double call(int batch, int threads, long calls) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<Double> caller = () -> call(batch, calls);
            double longest = 0;
            for (Future<Double> each : Stream.generate(() -> executor.submit(caller))
                    .limit(threads)
                    .toList()) {
                longest = Math.max(longest, each.get());
            }
            return longest;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the bare model failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            executor.shutdown();
        }
    }

    private double call(int batch, long calls) throws OrtException {
        Map<String, OnnxTensor> inputs = tensors(session.getInputInfo(), batch);
        Map<String, OnnxTensor> outputs = tensors(session.getOutputInfo(), batch);
        try {
            long begun = System.nanoTime();
            for (long i = 0; i < calls; i++) {
                session.run(inputs, Set.of(), outputs).close();
            }
            return (System.nanoTime() - begun) / Service.NANOS;
        } finally {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }

    private Map<String, OnnxTensor> tensors(Map<String, NodeInfo> nodes, int batch) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (NodeInfo node : nodes.values()) {
            TensorInfo info = (TensorInfo) node.getInfo();
            long[] shape = info.getShape();
            shape[0] = batch;
            tensors.put(
                    node.getName(), OnnxTensor.createTensor(environment, filled(info.type, shape), shape, info.type));
        }
        return tensors;
    }

    private static ByteBuffer filled(OnnxJavaType type, long[] shape) {
        int bytes = type.size;
        for (long axis : shape) {
            bytes *= (int) axis;
        }
        Random random = new Random(7);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        while (buffer.hasRemaining()) {
            if (type == OnnxJavaType.FLOAT) {
                buffer.putFloat(random.nextInt(VALUES_BELOW));
            } else {
                buffer.putLong(random.nextInt(VALUES_BELOW));
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session can't be closed", e);
        }
    }
}
