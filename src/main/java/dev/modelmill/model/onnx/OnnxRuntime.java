package dev.modelmill.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelFiles;
import dev.modelmill.model.ModelRuntime;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs {@code model.onnx} with ONNX Runtime on the CPU of this process. Weights in files of their own (external data) are
 * read from the folder of {@code model.onnx} only; ONNX Runtime refuses others.
 */
public final class OnnxRuntime implements ModelRuntime {

    private static final String FILE = "model.onnx";

    private final OrtEnvironment environment = environment();

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public Signature inspect(ModelVersion model) {
        requireFile(model);
        try (SessionOptions options = inspectionOptions();
                OrtSession session = open(model, options)) {
            return signature(model, session);
        } catch (OrtException e) {
            throw failure(model, e);
        }
    }

    @Override
    public LoadedModel load(ModelVersion model) {
        ModelFiles files = requireUnchanged(model);
        requireFile(model);
        try (SessionOptions options = loadOptions(model)) {
            OrtSession session = open(model, options);
            try {
                Signature signature = signature(model, session);
                requireUnchanged(model);
                return new OnnxModel(environment, session, model, signature, files.bytes());
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw failure(model, e);
        }
    }

    /** ONNX Runtime would write to stderr what it also throws; exceptions are enough. */
    private static OrtEnvironment environment() {
        NativeLibraries.use(System.getProperties());
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    }

    private static void requireFile(ModelVersion model) {
        if (!Files.isRegularFile(model.folder().resolve(FILE))) {
            throw new ModelException(FILE + " is missing in the model's folder");
        }
    }

    private static ModelFiles requireUnchanged(ModelVersion model) {
        try {
            ModelFiles files = ModelFiles.of(model);
            if (files.fingerprint().equals(model.fingerprint())) {
                return files;
            }
        } catch (IOException e) {
            throw new ModelException("the model's files can't be read while it is being loaded", e);
        }
        throw new ModelException("the model's files changed while it was being loaded");
    }

    private OrtSession open(ModelVersion model, SessionOptions options) throws OrtException {
        return environment.createSession(model.folder().resolve(FILE).toString(), options);
    }

    private static SessionOptions inspectionOptions() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setOptimizationLevel(OptLevel.NO_OPT);
        options.setIntraOpNumThreads(1);
        options.addConfigEntry("session.disable_prepacking", "1");
        return options;
    }

    private static SessionOptions loadOptions(ModelVersion model) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setInterOpNumThreads(1);
        options.setIntraOpNumThreads(model.settings().threads());
        // Memory patterns are kept for each set of input shapes for ever: many where tasks differ in length and number.
        options.setMemoryPatternOptimization(false);
        return options;
    }

    private Signature signature(ModelVersion model, OrtSession session) throws OrtException {
        Collection<NodeInfo> inputs = session.getInputInfo().values();
        Collection<NodeInfo> outputs = session.getOutputInfo().values();
        Set<String> shapeless = shapeless(model, inputs, outputs);
        return Signatures.of(declared(inputs, shapeless), declared(outputs, shapeless), model.settings());
    }

    private static List<DeclaredValue> declared(Collection<NodeInfo> nodes, Set<String> shapeless) {
        return nodes.stream()
                .map(node -> DeclaredValue.of(node, !isScalar(node) || !shapeless.contains(node.getName())))
                .toList();
    }

    private static Set<String> shapeless(
            ModelVersion model, Collection<NodeInfo> inputs, Collection<NodeInfo> outputs) {
        if (Stream.concat(inputs.stream(), outputs.stream()).noneMatch(OnnxRuntime::isScalar)) {
            return Set.of();
        }
        try {
            return DeclaredShapes.missingIn(model.folder().resolve(FILE));
        } catch (IOException e) {
            throw new ModelException(FILE + " can't be read", e);
        }
    }

    private static boolean isScalar(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo info && info.isScalar();
    }

    private static ModelException failure(ModelVersion model, OrtException e) {
        if (e.getCode() == OrtException.OrtErrorCode.ORT_NOT_IMPLEMENTED
                && String.valueOf(e.getMessage()).contains("ONNXType")) {
            return new ModelException("an input or output is of a kind that isn't supported, such as optional", e);
        }
        return new ModelException(FILE + " can't be used: " + OnnxMessages.clean(e, model.folder()), e);
    }
}
