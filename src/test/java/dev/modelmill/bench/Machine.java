package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What this machine is, and what its kernel says of a process. Figures of processes exist on Linux alone. */
final class Machine {

    private static final double KILOBYTES_PER_MEGABYTE = 1_024;

    private Machine() {}

    /** Processor, memory, system and JVM in a line. */
    static String describe() {
        return "%d × %s, %s, %s %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        value("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
                        value("/proc/meminfo", "MemTotal").orElse("memory unknown"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"));
    }

    /** Memory of a process that is resident now, in MB. */
    static OptionalDouble resident(long pid) {
        return megabytes(pid, "VmRSS");
    }

    /** The most memory of a process that was ever resident, in MB. */
    static OptionalDouble mostResident(long pid) {
        return megabytes(pid, "VmHWM");
    }

    private static OptionalDouble megabytes(long pid, String name) {
        return value("/proc/" + pid + "/status", name)
                .map(text -> OptionalDouble.of(Long.parseLong(text.split(" ")[0]) / KILOBYTES_PER_MEGABYTE))
                .orElse(OptionalDouble.empty());
    }

    private static Optional<String> value(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim());
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** Where a JDK 25 or later lies: {@code JAVA25_HOME}, or among the system's. */
    static Optional<Path> java25() {
        String named = System.getenv("JAVA25_HOME");
        List<Path> homes = named != null ? List.of(Path.of(named)) : installed();
        return homes.stream()
                .map(home -> home.resolve("bin/java"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Path> installed() {
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> home.getFileName().toString().contains("25"))
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
