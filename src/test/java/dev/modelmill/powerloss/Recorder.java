package dev.modelmill.powerloss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Records what a process writes below a folder: {@code src/test/native/record.c}, preloaded.
 *
 * @param library the compiled recorder
 */
record Recorder(Path library) {

    private static final Path SOURCE = Path.of("src", "test", "native", "record.c");

    /** Compiles the recorder; where there is no C compiler, or no Linux, the test is skipped and says so. */
    static Recorder compile() throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            abort("power loss is recorded on Linux only");
        }
        Path library = Path.of("target", "librecord.so").toAbsolutePath();
        for (String compiler : List.of("cc", "gcc", "clang")) {
            Process process;
            try {
                process = new ProcessBuilder(
                                compiler,
                                "-std=gnu11",
                                "-O2",
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-shared",
                                "-fPIC",
                                "-o",
                                library.toString(),
                                SOURCE.toString(),
                                "-ldl",
                                "-lpthread")
                        .redirectErrorStream(true)
                        .start();
            } catch (IOException noSuchCompiler) {
                continue;
            }
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
            return new Recorder(library);
        }
        return abort("power loss is NOT tested: there is no C compiler (cc, gcc, clang); install gcc");
    }

    /** Has a process be recorded that is to be started. */
    void record(Map<String, String> environment, Path root, Path log) throws IOException {
        Files.createDirectories(root);
        Files.deleteIfExists(log);
        environment.put("LD_PRELOAD", library.toString());
        environment.put("RECORD_ROOT", root.toString());
        environment.put("RECORD_LOG", log.toString());
    }
}
