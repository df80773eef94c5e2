package dev.modelmill.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes signals of the operating system. The JDK's class for it lies in the supported module {@code jdk.unsupported}, but
 * the compiler warns of every mention, hence the reflection. Where a JVM has none, signals do what they always do.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Does something on a signal instead of what the JVM does.
     *
     * @param name {@code TERM} or {@code INT}
     * @param action runs on a thread of its own, each time
     */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("SIG{} can't be taken here", name, e);
        }
    }
}
