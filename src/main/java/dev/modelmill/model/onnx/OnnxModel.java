package dev.modelmill.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Signature;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model in memory: the one session that all its workers call, which ONNX Runtime allows from any number of threads. */
final class OnnxModel implements LoadedModel {

    private static final Logger log = LoggerFactory.getLogger(OnnxModel.class);

    /** How ONNX Runtime says that an output has another size than the buffer that was pinned for it. */
    private static final Pattern PIN_REFUSED =
            Pattern.compile("OrtValue provided for output|invalid dimensions for output|shape verification failed");

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelVersion version;
    private final Signature signature;
    private final long memoryBytes;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean pins = true;

    OnnxModel(
            OrtEnvironment environment,
            OrtSession session,
            ModelVersion version,
            Signature signature,
            long memoryBytes) {
        this.environment = environment;
        this.session = session;
        this.version = version;
        this.signature = signature;
        this.memoryBytes = memoryBytes;
    }

    OrtEnvironment environment() {
        return environment;
    }

    OrtSession session() {
        return session;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    /** The size of the model's files: the weights are in memory at least once; what calls need beside them is unknown. */
    @Override
    public long memoryBytes() {
        return memoryBytes;
    }

    @Override
    public ModelInstance open(String worker) {
        return new OnnxInstance(this);
    }

    @Override
    public Optional<String> warmUp() {
        try (ModelInstance instance = open("warm-up");
                Outputs outputs = instance.run(WarmUp.batch(signature))) {
            log.debug("Model {} warmed up with {} tasks", version.reference(), outputs.size());
            return Optional.empty();
        } catch (BatchAxisException e) {
            throw e;
        } catch (ModelException e) {
            log.info(
                    "Model {} refused a warm-up with zeros, which may be no valid input for it: {}",
                    version.reference(),
                    e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    /** Whether outputs may still be written into buffers that the caller allocated. */
    boolean pins() {
        return pins;
    }

    /**
     * Gives up pinning where a call failed just because the model gives an output in another shape than it declares.
     *
     * @return whether that was the reason, so that the call is worth repeating without
     */
    boolean stopPinning(OrtException failure) {
        if (!PIN_REFUSED.matcher(String.valueOf(failure.getMessage())).find()) {
            return false;
        }
        pins = false;
        return true;
    }

    String clean(OrtException failure) {
        return OnnxMessages.clean(failure, version.folder());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                session.close();
            } catch (OrtException e) {
                log.warn("Model {} was not freed: {}", version.reference(), clean(e));
            }
        }
    }
}
