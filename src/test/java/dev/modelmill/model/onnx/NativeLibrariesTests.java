package dev.modelmill.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class NativeLibrariesTests {

    private static final String PATH = "onnxruntime.native.path";
    private static final String MAIN = System.mapLibraryName("onnxruntime");
    private static final String JNI = System.mapLibraryName("onnxruntime4j_jni");

    @TempDir
    Path temporary;

    private final Properties properties = new Properties();

    @BeforeEach
    void setUp() {
        for (String name : new String[] {"os.name", "os.arch", "user.name"}) {
            properties.setProperty(name, System.getProperty(name));
        }
        properties.setProperty("java.io.tmpdir", temporary.toString());
    }

    /** Uses the libraries as a new process would. */
    private Path use() {
        properties.remove(PATH);
        NativeLibraries.use(properties);
        assertThat(properties).containsKey(PATH);
        return Path.of(properties.getProperty(PATH));
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static void assertWhole(Path folder, String file) throws IOException {
        String platform = "/ai/onnxruntime/native/" + platform() + "/";
        try (var in = NativeLibrariesTests.class.getResourceAsStream(platform + file)) {
            assertThat(in).isNotNull();
            assertThat(folder.resolve(file)).hasBinaryContent(in.readAllBytes());
        }
    }

    private static String platform() {
        return (OS.MAC.isCurrentOs() ? "osx-" : "linux-")
                + (System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64");
    }

    @Test
    void useWhenFolderIsMissingUnpacksForOwnerOnly() throws IOException {
        Path folder = use();

        assertThat(folder.getParent()).isEqualTo(temporary);
        assertThat(folder.getFileName().toString()).matches("modelmill-native-\\d+\\.\\d+\\.\\d+-[\\w.-]+");
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertWhole(folder, MAIN);
        assertWhole(folder, JNI);
        try (Stream<Path> all = Files.list(temporary)) {
            assertThat(all).containsExactly(folder);
        }
    }

    @Test
    void useWhenUnpackedBeforeReuses() throws IOException {
        Path folder = use();
        Object main = key(folder.resolve(MAIN));
        Object jni = key(folder.resolve(JNI));

        assertThat(use()).isEqualTo(folder);

        assertThat(key(folder.resolve(MAIN))).isEqualTo(main);
        assertThat(key(folder.resolve(JNI))).isEqualTo(jni);
    }

    @Test
    void useWhenFileIsTornReplacesIt() throws IOException {
        Path folder = use();
        Object main = key(folder.resolve(MAIN));
        Files.write(folder.resolve(JNI), new byte[10]);

        assertThat(use()).isEqualTo(folder);

        assertWhole(folder, JNI);
        assertThat(key(folder.resolve(MAIN))).isEqualTo(main);
    }

    @Test
    void useWhenFileIsWritableByOthersReplacesIt() throws IOException {
        Path file = use().resolve(JNI);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        use();

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void useWhenFolderIsWritableByOthersRefuses() throws IOException {
        Path folder = use();
        for (String permissions : new String[] {"rwxrwx---", "rwx---rwx"}) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
            properties.remove(PATH);

            NativeLibraries.use(properties);

            assertThat(properties).doesNotContainKey(PATH);
        }
    }

    @Test
    void useWhenFolderIsALinkRefuses() throws IOException {
        Path folder = use();
        Files.move(folder, temporary.resolve("elsewhere"));
        Files.createSymbolicLink(folder, temporary.resolve("elsewhere"));
        properties.remove(PATH);

        NativeLibraries.use(properties);

        assertThat(properties).doesNotContainKey(PATH);
    }

    @Test
    void useWhenPropertyIsGivenLeavesIt() {
        properties.setProperty(PATH, "given");

        NativeLibraries.use(properties);

        assertThat(properties).containsEntry(PATH, "given");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void useWhenOneLibraryIsGivenLeavesAll() {
        properties.setProperty("onnxruntime.native.onnxruntime.path", "given");

        NativeLibraries.use(properties);

        assertThat(properties).doesNotContainKey(PATH);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void useWhenPlatformIsUnknownLeavesItToOnnxRuntime() {
        properties.setProperty("os.arch", "unknown");

        NativeLibraries.use(properties);

        assertThat(properties).doesNotContainKey(PATH);
    }
}
