package dev.modelmill.crash;

import static net.bytebuddy.matcher.ElementMatchers.named;

import dev.modelmill.crash.agent.FailpointAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;

/**
 * Makes the jar of the {@link FailpointAgent} with the service's classes as they are with failpoints in them. The change is
 * made here, so that the service carries no tool for it and a method that is gone is noticed before anything starts.
 */
final class AgentJar {

    private static final List<String> AGENT =
            List.of(FailpointAgent.class.getName(), FailpointAgent.class.getName() + "$Replacement");

    private AgentJar() {}

    /** Writes the jar for some points of the service's own jar. */
    static void write(Path file, Path serviceJar, Collection<Failpoint> points) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", FailpointAgent.class.getName());
        Map<String, List<Failpoint>> byType = points.stream().collect(Collectors.groupingBy(Failpoint::type));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                ClassFileLocator service = ClassFileLocator.ForJarFile.of(serviceJar.toFile())) {
            for (String name : AGENT) {
                String path = name.replace('.', '/') + ".class";
                add(jar, path, bytes(path));
            }
            for (Map.Entry<String, List<Failpoint>> type : byType.entrySet()) {
                String path = FailpointAgent.CLASSES + type.getKey().replace('.', '/') + ".changed";
                add(jar, path, changed(service, type.getKey(), type.getValue()));
            }
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = AgentJar.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the agent's class " + resource + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static byte[] changed(ClassFileLocator service, String name, List<Failpoint> points) {
        ClassFileLocator locator =
                new ClassFileLocator.Compound(service, ClassFileLocator.ForClassLoader.ofSystemLoader());
        TypePool pool = TypePool.Default.of(locator);
        TypeDescription type = pool.describe(name).resolve();
        DynamicType.Builder<?> builder = new ByteBuddy().redefine(type, locator);
        for (Failpoint point : points) {
            if (type.getDeclaredMethods().filter(named(point.method())).isEmpty()) {
                throw new IllegalStateException("failpoint " + point + ": there is no method " + point.method() + " in "
                        + name + " any more; correct the table in Failpoint");
            }
            builder = builder.visit(Advice.withCustomMapping()
                    .bind(Point.class, point.name())
                    .to(advice(point.when()))
                    .on(named(point.method())));
        }
        return builder.make().getBytes();
    }

    private static Class<?> advice(Failpoint.When when) {
        return switch (when) {
            case ENTRY -> AtEntry.class;
            case EXIT -> AtExit.class;
            case HALF -> AtEntryHalf.class;
        };
    }

    /** Marks where the advice wants its point's name. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Point {}

    /** Copied to the beginning of a method. */
    static final class AtEntry {

        private AtEntry() {}

        @Advice.OnMethodEnter
        static void enter(@Point String point) {
            FailpointAgent.passed(point);
        }
    }

    /** Copied to the normal end of a method. */
    static final class AtExit {

        private AtExit() {}

        @Advice.OnMethodExit
        static void exit(@Point String point) {
            FailpointAgent.passed(point);
        }
    }

    /** Copied to the beginning of a method whose first argument is a tree of files. */
    static final class AtEntryHalf {

        private AtEntryHalf() {}

        @Advice.OnMethodEnter
        static void enter(@Point String point, @Advice.Argument(0) Object tree) {
            FailpointAgent.passedHalf(point, tree);
        }
    }
}
