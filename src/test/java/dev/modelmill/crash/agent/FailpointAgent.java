package dev.modelmill.crash.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces classes of the service by the ones that the harness has put beside it, which call {@link #passed} at their
 * failpoints. The process dies at the point that the file {@code arm} names. Shared between all threads of the service.
 */
public final class FailpointAgent {

    /** Where the changed classes lie in the agent's jar. */
    public static final String CLASSES = "failpoints/";

    private static final String FOLDER = "modelmill.crash.folder";
    private static final int AS_IF_KILLED = 137;
    private static final ConcurrentMap<String, AtomicInteger> PASSES = new ConcurrentHashMap<>();

    private FailpointAgent() {}

    /** Called by the JVM before the service's main method; the argument is the folder of {@code arm}. */
    public static void premain(String folder, Instrumentation instrumentation) {
        System.setProperty(FOLDER, folder);
        instrumentation.addTransformer(new Replacement());
    }

    /** Dies where this is the point that is armed, and often enough passed. */
    public static void passed(String point) {
        if (due(point)) {
            die(point);
        }
    }

    /** Like {@link #passed}, but removes half of the files of a tree before it dies. */
    public static void passedHalf(String point, Object tree) {
        if (due(point)) {
            removeHalf((Path) tree);
            die(point);
        }
    }

    private static boolean due(String point) {
        String armed = read(folder().resolve("arm"));
        if (armed == null || !armed.startsWith(point + ":")) {
            return false;
        }
        int passes = PASSES.computeIfAbsent(armed, any -> new AtomicInteger()).incrementAndGet();
        return passes == Integer.parseInt(armed.substring(point.length() + 1, armed.indexOf('#')));
    }

    private static void die(String point) {
        try {
            Files.writeString(folder().resolve("reached"), point);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(AS_IF_KILLED);
    }

    private static Path folder() {
        return Path.of(System.getProperty(FOLDER));
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException gone) {
            return null;
        }
    }

    private static void removeHalf(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : files.subList(0, (files.size() + 1) / 2)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the JVM the changed class in place of the one it is about to define. */
    private static final class Replacement implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> before,
                ProtectionDomain domain,
                byte[] bytes) {
            if (name == null || !name.startsWith("dev/modelmill/")) {
                return null;
            }
            try (InputStream changed = ClassLoader.getSystemResourceAsStream(CLASSES + name + ".changed")) {
                return changed == null ? null : changed.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
