package dev.modelmill.model.repository;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Parses the text of a {@code model.yml} into nodes: bounded in size and depth, without aliases and objects. */
final class YamlDocument {

    private static final int MAX_BYTES = 1 << 20;

    private YamlDocument() {}

    /**
     * The document of a file, or nothing where it is empty.
     *
     * @throws ModelException if it is no YAML, with the line
     */
    static Optional<YamlValue> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ModelException(ModelFiles.SETTINGS + " is larger than 1 MB");
            }
            return parse(text(bytes));
        }
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ModelException(ModelFiles.SETTINGS + " is no UTF-8 text", e);
        }
    }

    private static Optional<YamlValue> parse(String text) {
        try {
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            for (Event event : yaml.parse(new StringReader(text))) {
                if (event instanceof AliasEvent) {
                    throw problem(event.getStartMark().getLine(), "aliases (*name) are not allowed");
                }
            }
            Node node = yaml.compose(new StringReader(text));
            return Optional.ofNullable(node)
                    .filter(root -> !Tag.NULL.equals(root.getTag()))
                    .map(root -> new YamlValue("", root));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            throw problem(line, "no valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new ModelException(
                    ModelFiles.SETTINGS + " is no valid YAML: it holds a character that may not be there", e);
        }
    }

    private static ModelException problem(int line, String what) {
        return new ModelException(ModelFiles.SETTINGS + " line " + (line + 1) + ": " + what);
    }
}
