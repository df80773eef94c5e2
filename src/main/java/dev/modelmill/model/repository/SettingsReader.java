package dev.modelmill.model.repository;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one {@code model.yml}, each strictly. Used once, by one thread. */
final class SettingsReader {

    private static final String[] KEYS = {
        "runtime",
        "description",
        "batching",
        "batch-size",
        "workers",
        "threads",
        "timeout",
        "start-timeout",
        "isolation",
        "max-tasks-per-worker",
        "max-memory",
        "inputs",
        "outputs",
        "command",
        "env"
    };
    private static final int MAX_BATCH_SIZE = 65_536;
    private static final int MAX_WORKERS = 1_024;

    private final Map<String, YamlValue> keys;

    private SettingsReader(Map<String, YamlValue> keys) {
        this.keys = keys;
    }

    /**
     * What a file says, defaults filled in.
     *
     * @param file the {@code model.yml}
     * @param hasOnnxFile whether there is a {@code model.onnx}, which makes {@code onnx} the default runtime
     * @throws ModelException for an unknown key, a wrong type and the like, with file, line and key
     */
    static ModelSettings read(Path file, boolean hasOnnxFile) throws IOException {
        Optional<YamlValue> document = YamlDocument.read(file);
        return document.isEmpty()
                ? ModelSettings.DEFAULTS
                : new SettingsReader(document.get().mapping(KEYS)).settings(hasOnnxFile);
    }

    private ModelSettings settings(boolean hasOnnxFile) {
        ModelSettings defaults = ModelSettings.DEFAULTS;
        String runtime = keys.containsKey("command") && !hasOnnxFile ? "process" : defaults.runtime();
        return new ModelSettings(
                get("runtime", value -> value.oneOf("onnx", "process"), runtime),
                find("description", YamlValue::text),
                get("batching", value -> value.oneOf("auto", "none"), defaults.batching()),
                find("batch-size", value -> (int) value.whole(1, MAX_BATCH_SIZE)),
                find("workers", value -> (int) value.whole(1, MAX_WORKERS)),
                get("threads", value -> (int) value.whole(1, MAX_WORKERS), defaults.threads()),
                get("timeout", YamlValue::duration, defaults.timeout()),
                get("start-timeout", YamlValue::duration, defaults.startTimeout()),
                get("isolation", value -> value.oneOf("none", "process"), defaults.isolation()),
                find("max-tasks-per-worker", value -> value.whole(1, Long.MAX_VALUE)),
                find("max-memory", YamlValue::size),
                get("inputs", this::inputs, Map.of()),
                find("outputs", SettingsReader::outputs),
                get(
                        "command",
                        value -> value.nonEmptyList().stream()
                                .map(YamlValue::text)
                                .toList(),
                        List.of()),
                get("env", SettingsReader::texts, Map.of()));
    }

    private <T> T get(String key, Function<YamlValue, T> reading, T otherwise) {
        T value = find(key, reading);
        return value == null ? otherwise : value;
    }

    private <T> @Nullable T find(String key, Function<YamlValue, T> reading) {
        YamlValue value = keys.get(key);
        return value == null ? null : reading.apply(value);
    }

    private static Map<String, String> texts(YamlValue value) {
        Map<String, String> texts = new LinkedHashMap<>();
        value.mapping().forEach((name, text) -> texts.put(name, text.text()));
        return Collections.unmodifiableMap(texts);
    }

    private Map<String, ModelSettings.Input> inputs(YamlValue value) {
        boolean typed = keys.containsKey("runtime")
                ? keys.get("runtime").literal().equals("process")
                : keys.containsKey("command");
        Map<String, ModelSettings.Input> inputs = new LinkedHashMap<>();
        value.mapping().forEach((name, input) -> inputs.put(name, InputReader.read(input, typed)));
        return Collections.unmodifiableMap(inputs);
    }

    /** Either a list of names or a mapping to new names. */
    private static Map<String, String> outputs(YamlValue value) {
        Map<String, String> outputs = new LinkedHashMap<>();
        if (value.isList()) {
            value.list().forEach(name -> add(outputs, name.literal(), name));
        } else {
            value.mapping().forEach((name, renamed) -> add(outputs, name, renamed));
        }
        if (outputs.isEmpty()) {
            throw value.expected("at least one output");
        }
        return Collections.unmodifiableMap(outputs);
    }

    private static void add(Map<String, String> outputs, String name, YamlValue resultName) {
        if (outputs.containsValue(resultName.literal()) || outputs.put(name, resultName.literal()) != null) {
            throw resultName.problem("\"" + resultName.literal() + "\" is there twice");
        }
    }
}
