package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The service as it was built, made ready for many starts: unpacked by its own tool and with an archive of its classes, as
 * Spring Boot describes it, because a plain start costs more than twice as much. Made once a build and JDK, together with
 * what undisturbed jobs give.
 *
 * @param home where all of it lies
 */
record ServiceBuild(Path home) {

    private static final Path BUILT = Path.of("target/modelmill.jar").toAbsolutePath();
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:cds=off,cds+dynamic=off",
            "-XX:+ExitOnOutOfMemoryError");

    /** The build that lies in {@code target}; the first to ask makes it ready. */
    static synchronized ServiceBuild current() {
        assertThat(BUILT)
                .as("the jar of the service; run the harness by ./mvnw verify, or ./mvnw package before it")
                .exists();
        try {
            String name = Files.getLastModifiedTime(BUILT).toMillis() + "-" + System.getProperty("java.version");
            Path folder = Files.createDirectories(BUILT.resolveSibling("crash").resolve(name));
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                ServiceBuild build = new ServiceBuild(folder);
                if (lock.isValid() && !Files.exists(folder.resolve("ready"))) {
                    build.make();
                    Files.createFile(folder.resolve("ready"));
                }
                return build;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make() throws IOException {
        Site.removeTree(home.resolve("app"));
        Site.removeTree(home.resolve("template"));
        unpack();
        Inputs.write(home.resolve("template"));
        List<String> archiving = new ArrayList<>(JVM);
        archiving.add("-XX:ArchiveClassesAtExit=" + archive());
        archiving.addAll(List.of("-jar", jar().toString()));
        Undisturbed.record(this, archiving);
    }

    private void unpack() throws IOException {
        Process process = new ProcessBuilder(
                        JVM.get(0),
                        "-Djarmode=tools",
                        "-jar",
                        BUILT.toString(),
                        "extract",
                        "--destination",
                        home.resolve("app").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("unpack.log").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                    .as("the jar could be unpacked")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the jar was unpacked", e);
        }
    }

    /** The service's own classes; the libraries lie beside it. */
    Path jar() {
        return home.resolve("app").resolve(BUILT.getFileName());
    }

    private Path archive() {
        return home.resolve("app.jsa");
    }

    /** Models and inputs. */
    Path template() {
        return home.resolve("template");
    }

    /** How the service is started; the property {@code crash.packed} leaves it packed. */
    List<String> command(List<String> jvmOptions) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(jvmOptions);
        if (Boolean.getBoolean("crash.packed")) {
            command.addAll(List.of("-jar", BUILT.toString()));
        } else {
            command.add("-XX:SharedArchiveFile=" + archive());
            command.addAll(List.of("-jar", jar().toString()));
        }
        return command;
    }
}
