package dev.modelmill.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.powerloss.DiskRecord.Op;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorder sees all that a JVM does to files: what it wrote down gives the same files. */
class RecorderTests {

    @TempDir
    private Path folder;

    private DiskLog log;

    @BeforeEach
    void record() throws Exception {
        Recorder recorder = Recorder.compile();
        Path root = folder.resolve("root").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path").split(File.pathSeparator)[0],
                ManyCalls.class.getName(),
                root.toString());
        recorder.record(builder.environment(), root, folder.resolve("log"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        log = DiskLog.read(folder.resolve("log"));
    }

    @Test
    void replayWhenNothingIsLostGivesTheFilesThatThereAre() throws Exception {
        Path replayed = folder.resolve("replayed");
        log.at(Long.MAX_VALUE).lose(new Loss(Loss.Mode.KEPT, 0)).writeTo(replayed);
        assertThat(FolderContent.of(replayed)).isEqualTo(FolderContent.of(folder.resolve("root")));
        assertThat(FolderContent.of(replayed)).containsKeys("w/y/z/link", "old/transferred", "symlink");
    }

    @Test
    void replayWhenAllIsLostGivesWhatWasForced() {
        assertThat(log.at(Long.MAX_VALUE).lose(new Loss(Loss.Mode.DROPPED, 0)).files())
                .containsOnlyKeys("a", "b", "copied", "copy", "channel", "forced")
                .hasEntrySatisfying("a", bytes -> assertThat(bytes).hasSize("short".length() + 10_000))
                .hasEntrySatisfying("b", bytes -> assertThat(bytes).isEmpty())
                .hasEntrySatisfying("channel", bytes -> assertThat(bytes).hasSize(55_000))
                .hasEntrySatisfying("forced", bytes -> assertThat(bytes).hasSize(10_000));
    }

    @Test
    void recordMissesNoForceAndSeesNoMapping() {
        assertThat(log.count(Op.FORCE)).isEqualTo(4);
        assertThat(log.count(Op.MAP)).isZero();
    }
}
