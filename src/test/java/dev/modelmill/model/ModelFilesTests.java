package dev.modelmill.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTests {

    @TempDir
    Path root;

    private Path model;

    @BeforeEach
    void setUp() throws IOException {
        model = Files.createDirectory(root.resolve("digits"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = model.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ModelFiles flat() throws IOException {
        return ModelFiles.of(model, model);
    }

    private ModelFiles numbered(String version) throws IOException {
        return ModelFiles.of(model, model.resolve(version));
    }

    @Test
    void digestIsOverNamesLengthsAndContentsInOrder() throws Exception {
        write("model.onnx", "abc");
        write("data/weights.bin", "de");
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        expected.update("data/weights.bin\0".getBytes(StandardCharsets.UTF_8));
        expected.update(new byte[] {0, 0, 0, 0, 0, 0, 0, 2, 'd', 'e'});
        expected.update("model.onnx\0".getBytes(StandardCharsets.UTF_8));
        expected.update(new byte[] {0, 0, 0, 0, 0, 0, 0, 3, 'a', 'b', 'c'});

        assertThat(flat().digest()).isEqualTo("sha256:" + HexFormat.of().formatHex(expected.digest()));
    }

    @Test
    void digestWhenFlatModelMovesToANumberedFolderStays() throws IOException {
        write("model.onnx", "abc");
        write("model.yml", "threads: 2");
        String flat = flat().digest();
        Files.createDirectory(model.resolve("1"));
        Files.move(model.resolve("model.onnx"), model.resolve("1/model.onnx"));

        assertThat(numbered("1").digest()).isEqualTo(flat);
    }

    @Test
    void digestWhenSettingsChangeChangesForEachVersion() throws IOException {
        write("model.onnx", "abc");
        write("2/model.onnx", "def");
        write("model.yml", "threads: 2");
        String flat = flat().digest();
        String two = numbered("2").digest();
        write("model.yml", "threads: 3");

        assertThat(flat().digest()).isNotEqualTo(flat);
        assertThat(numbered("2").digest()).isNotEqualTo(two);
    }

    @Test
    void digestIgnoresHiddenFilesCachesAndOtherVersions() throws IOException {
        write("model.onnx", "abc");
        String before = flat().digest();
        write(".model.onnx.swp", "x");
        write(".git/config", "x");
        write("__pycache__/worker.pyc", "x");
        write("2/model.onnx", "x");

        assertThat(flat().digest()).isEqualTo(before);
        assertThat(flat().bytes()).isEqualTo(3);
        write("02/notes.txt", "no version");
        assertThat(flat().digest()).isNotEqualTo(before);
    }

    @Test
    void fingerprintWhenSizeOrTimeChangesChanges() throws IOException {
        Path file = write("model.onnx", "abc");
        FileTime time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, time);
        String before = flat().fingerprint();

        assertThat(flat().fingerprint()).isEqualTo(before);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_001));
        assertThat(flat().fingerprint()).isNotEqualTo(before);
        Files.writeString(file, "abcd");
        Files.setLastModifiedTime(file, time);
        assertThat(flat().fingerprint()).isNotEqualTo(before);
    }

    @Test
    void ofWhenVersionIsGivenFindsItsFolders() throws IOException {
        write("model.onnx", "a");
        write("2/model.onnx", "bb");
        write("model.yml", "ccc");

        assertThat(ModelFiles.of(version("1", model)).bytes()).isEqualTo(4);
        assertThat(ModelFiles.of(version("2", model.resolve("2"))).bytes()).isEqualTo(5);
    }

    private static ModelVersion version(String version, Path folder) {
        return new ModelVersion("digits", version, "sha256:", folder, ModelSettings.DEFAULTS, "");
    }

    @Test
    void ofWhenLinkLeadsOutsideRefusesItByName() throws IOException {
        Path secret = Files.writeString(root.resolve("secret"), "x");
        write("model.onnx", "abc");
        Files.createSymbolicLink(model.resolve("weights.bin"), secret);

        assertThatThrownBy(this::flat)
                .isInstanceOf(ModelException.class)
                .hasMessage("\"weights.bin\" is a symbolic link that leads outside of the model's folder: put the file"
                        + " itself there");
    }

    @Test
    void ofWhenFolderLinkLeadsOutsideRefusesItByName() throws IOException {
        Path other = Files.createDirectory(root.resolve("other"));
        Files.writeString(other.resolve("model.onnx"), "x");
        Files.createSymbolicLink(model.resolve("3"), other);
        Files.createSymbolicLink(model.resolve("data"), other);

        assertThatThrownBy(() -> numbered("3")).hasMessageContaining("\"3\" is a symbolic link that leads outside");
        assertThatThrownBy(this::flat).hasMessageContaining("\"data\" is a symbolic link that leads outside");
    }

    @Test
    void ofWhenLinksStayInsideFollowsThem() throws IOException {
        write("..2026/model.onnx", "abc");
        Files.createSymbolicLink(model.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(model.resolve("model.onnx"), Path.of("..data/model.onnx"));

        assertThat(flat().bytes()).isEqualTo(3);
        assertThat(flat().contains("model.onnx")).isTrue();
    }

    @Test
    void ofWhenModelFolderIsALinkReadsIt() throws IOException {
        write("model.onnx", "abc");
        Path link = Files.createSymbolicLink(root.resolve("link"), model);

        assertThat(ModelFiles.of(link, link).bytes()).isEqualTo(3);
    }

    @Test
    void ofWhenLinkLeadsNowhereOrInACircleRefusesIt() throws IOException {
        Path link = Files.createSymbolicLink(model.resolve("weights.bin"), Path.of("gone"));
        assertThatThrownBy(this::flat).isInstanceOf(ModelException.class).hasMessageContaining("leads nowhere");
        Files.delete(link);
        Files.createSymbolicLink(model.resolve("again"), Path.of("."));
        assertThatThrownBy(this::flat).isInstanceOf(ModelException.class).hasMessageContaining("in a circle");
    }

    @Test
    void ofWhenVersionHasSettingsOfItsOwnRefusesThem() throws IOException {
        write("2/model.onnx", "abc");
        write("2/model.yml", "threads: 2");

        assertThatThrownBy(() -> numbered("2"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("\"2/model.yml\" isn't read");
    }
}
