package dev.modelmill.model.onnx;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Makes of what ONNX Runtime reports one line for the owner of a model: without paths of the server, places in the source
 * of ONNX Runtime and signatures of its functions.
 */
final class OnnxMessages {

    private static final int MAX_LENGTH = 500;

    private static final Pattern PREFIX = Pattern.compile("^Error code - \\w+ - message: ");
    private static final Pattern LOADING = Pattern.compile("Load model (from )?\\S* failed[:.]");
    private static final Pattern SOURCE =
            Pattern.compile("(?:\\S*/)?\\w+\\.(?:cc|h|cpp):\\d+ (?:[\\w:<>*& ]+\\([^)]*\\)(?: const)?|\\w+) ?");
    private static final Pattern STATUS = Pattern.compile("\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ");
    private static final Pattern NODE = Pattern.compile(
            "Non-zero status code returned while running (\\S+) node\\. Name:'([^']*)' Status Message: ");
    private static final Pattern ADVICE =
            Pattern.compile("(?s) Please fix either the inputs/outputs or the model\\..*| resolved path: \".*");
    private static final Pattern PATH = Pattern.compile("(?<![\\w'./])/(?:[^\\s/\"']+/)+([^\\s/\"']*)");

    private OnnxMessages() {}

    /**
     * The useful line of a failure.
     *
     * @param folder the model's folder, whose path is taken out
     */
    static String clean(OrtException failure, Path folder) {
        String text = String.valueOf(failure.getMessage());
        text = PREFIX.matcher(text).replaceFirst("");
        text = withoutFolder(text, folder);
        text = LOADING.matcher(text).replaceAll("");
        text = NODE.matcher(text).replaceAll("$1 node '$2': ");
        text = SOURCE.matcher(text).replaceAll("");
        text = STATUS.matcher(text).replaceAll("");
        text = ADVICE.matcher(text).replaceAll("");
        text = PATH.matcher(text).replaceAll("$1");
        text = text.strip().replaceAll("\\s+", " ");
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    private static String withoutFolder(String text, Path folder) {
        String result = text.replace(folder.toAbsolutePath() + "/", "");
        return result.replace(realPath(folder) + "/", "");
    }

    private static Path realPath(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }
}
