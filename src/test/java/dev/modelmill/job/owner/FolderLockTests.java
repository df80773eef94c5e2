package dev.modelmill.job.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelmill.job.owner.Claim.Attempt;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTests {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void attemptWhenNobodyHoldsTheFolderWritesWhoDoes() throws IOException {
        try (FolderLock lock = lock(folder.resolve("new/data"))) {
            assertThat(lock.attempt()).isInstanceOf(Attempt.Taken.class);
            assertThat(Files.getLastModifiedTime(folder.resolve("new/data/lock")))
                    .isNotNull();
        }
    }

    @Test
    void attemptWhenThisProcessHoldsItIsRefusedAndLeavesItHeld() throws Exception {
        try (FolderLock first = lock(folder)) {
            first.attempt();
            Path other = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
            try (FolderLock second = lock(other)) {
                assertThat(why(second.attempt()))
                        .contains("process " + ProcessHandle.current().pid() + " on ");
            } finally {
                Files.delete(other);
            }
            Process process = start();
            assertThat(said(process))
                    .contains("Refused", "process " + ProcessHandle.current().pid() + " on ");
            end(process);
        }
        Process process = start();
        assertThat(said(process)).contains("Taken");
        end(process);
    }

    @Test
    void attemptWhenAnotherProcessDiesByForceTakesItAtOnce() throws Exception {
        Process process = start();
        assertThat(said(process)).contains("Taken");
        try (FolderLock lock = lock(folder)) {
            assertThat(why(lock.attempt()))
                    .startsWith("Another Modelmill holds the data folder: process " + process.pid() + " on ")
                    .contains(", since 2");
            end(process);
            assertThat(lock.attempt()).isInstanceOf(Attempt.Taken.class);
        }
    }

    @Test
    void attemptWhenTheFolderIsAFileRefusesForGood() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(NotOwnerException.class)
                .isThrownBy(() -> lock(file).attempt())
                .withMessageStartingWith("The data folder can't be used");
    }

    @Test
    void closeIsSafeTwiceAndBeforeTheFolderIsHeld() throws IOException {
        FolderLock lock = lock(folder);
        lock.close();
        lock.attempt();
        lock.close();
        lock.close();
        assertThat(folder.resolve("lock")).isEmptyFile();
    }

    private static FolderLock lock(Path folder) {
        return new FolderLock(folder, Clock.systemUTC());
    }

    private static String why(Attempt attempt) {
        return attempt instanceof Attempt.Refused refused ? refused.why() : "taken";
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FolderHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String said(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        return String.valueOf(reader.readLine());
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
