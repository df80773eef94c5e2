package dev.modelmill.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder in which services are started, with models, inputs and a database of its own. Closing it ends the services and
 * removes it, unless something was found broken in it. Used by one thread.
 */
final class Site implements AutoCloseable {

    private final ServiceBuild build;
    private final Path folder;
    private final TestDatabase database;
    private final List<ServiceProcess> services = new ArrayList<>();
    private Path data;
    private boolean withFailpoints;
    private boolean kept;

    private Site(ServiceBuild build, Path folder, TestDatabase database) {
        this.build = build;
        this.folder = folder;
        this.database = database;
        this.data = folder.resolve("data");
    }

    /** A new one for the current build, on the database that is chosen. */
    static Site create() {
        return System.getProperty("crash.database", "h2").equals("postgresql") ? onPostgres() : onH2();
    }

    /** A new one on H2. */
    static Site onH2() {
        return in(ServiceBuild.current(), TestDatabase.h2());
    }

    /** A new one on PostgreSQL. */
    static Site onPostgres() {
        ServiceBuild build = ServiceBuild.current();
        return in(build, TestDatabase.postgresql(newFolder(build)));
    }

    /** A new one for a build. */
    static Site in(ServiceBuild build, TestDatabase database) {
        Path folder = newFolder(build);
        copyTree(build.template(), folder);
        return new Site(build, folder, database);
    }

    private static Path newFolder(ServiceBuild build) {
        try {
            return Files.createDirectories(
                    build.home().resolve("sites").resolve(UUID.randomUUID().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the data folder elsewhere, before the first start. */
    Site dataIn(Path elsewhere) {
        data = elsewhere;
        return this;
    }

    /** Makes every service from now on one that dies at a point that is armed. */
    Site withFailpoints(List<Failpoint> points) {
        try {
            AgentJar.write(folder.resolve("failpoints.jar"), build.jar(), points);
            withFailpoints = true;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a service and returns at once. */
    ServiceProcess start(String... settings) {
        List<String> options =
                withFailpoints ? List.of("-javaagent:" + folder.resolve("failpoints.jar") + "=" + folder) : List.of();
        return start(build.command(options), List.of(settings));
    }

    ServiceProcess start(List<String> command, List<String> settings) {
        List<String> all = new ArrayList<>(List.of("--modelmill.workers=2", "--modelmill.data-dir=" + data));
        all.addAll(database.settings());
        all.addAll(settings);
        ServiceProcess service =
                ServiceProcess.start(command, all, folder, folder.resolve("service-" + services.size() + ".log"));
        services.add(service);
        return service;
    }

    ServiceBuild build() {
        return build;
    }

    TestDatabase database() {
        return database;
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return data;
    }

    Path input(String name) {
        return folder.resolve("input").resolve(name);
    }

    byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something is broken here: closing leaves the folder with all logs and shows the newest one. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        services.forEach(ServiceProcess::close);
        database.close();
        if (kept) {
            System.out.println("kept for a look: " + folder);
            services.stream().reduce((before, last) -> last).ifPresent(last -> System.out.println(last.tail()));
        } else {
            removeTree(folder);
        }
    }

    /** Removes a folder with all that is in it. */
    static void removeTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
