package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From the start of the jar to its readiness, and the memory it then holds without a job. */
final class StartScenario implements Scenario {

    private static final long IDLE_SECONDS = 10;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        measure(bench, table, "the jar", Workbench.packed(), "", "");
        Optional<Path> java25 = Machine.java25();
        if (java25.isEmpty()) {
            table.skipped("start on JDK 25 with an AOT cache", "no JDK 25; JAVA25_HOME names one");
            return;
        }
        String java = java25.get().toString();
        List<String> packed = new ArrayList<>(Workbench.packed());
        packed.set(0, java);
        measure(bench, table, "the jar on JDK 25", packed, "", "");
        measure(bench, table, "unpacked, JDK 25, AOT cache", cached(bench, java), "under 4 s", "under 350 MB");
    }

    private static void measure(
            Workbench bench, Table table, String what, List<String> java, String startTarget, String memoryTarget)
            throws IOException {
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        for (int run = 0; run < bench.options().runs(); run++) {
            try (Service service = bench.start(java)) {
                seconds.add(service.startSeconds());
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
                service.resident().ifPresent(megabytes::add);
            }
        }
        table.row("start, " + what, "s", Sample.of(seconds), startTarget);
        if (!megabytes.isEmpty()) {
            table.row("idle RSS, " + what, "MB", Sample.of(megabytes), memoryTarget);
        }
    }

    /** The jar unpacked by its own tool, with a cache from a training run that also did a job. */
    private static List<String> cached(Workbench bench, String java) throws IOException {
        Path app = bench.home().resolve("app");
        Workbench.removeTree(app);
        unpack(java, app);
        Path jar = app.resolve(Workbench.jar().getFileName());
        Path cache = app.resolve("app.aot");
        List<String> training =
                List.of(java, "-Xms64m", "-Xmx512m", "-XX:AOTCacheOutput=" + cache, "-jar", jar.toString());
        try (Service service = bench.start(training)) {
            service.run(InlineScenario.job(10));
        }
        if (Files.notExists(cache)) {
            throw new IOException("the training run left no cache");
        }
        return List.of(java, "-Xms64m", "-Xmx512m", "-XX:AOTCache=" + cache, "-jar", jar.toString());
    }

    private static void unpack(String java, Path app) throws IOException {
        Process process = new ProcessBuilder(
                        java,
                        "-Djarmode=tools",
                        "-jar",
                        Workbench.jar().toString(),
                        "extract",
                        "--destination",
                        app.toString())
                .redirectErrorStream(true)
                .redirectOutput(app.resolveSibling("unpack.log").toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("the jar could not be unpacked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
