package dev.modelmill.worker.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The reused buffers of one worker, by their type. Confined to the worker's thread, which closes them at its end. */
final class Scratch {

    private final Map<Class<?>, AutoCloseable> buffers = new LinkedHashMap<>();

    <S extends AutoCloseable> S get(Class<S> type, Supplier<S> maker) {
        AutoCloseable buffer = buffers.get(type);
        if (buffer == null) {
            buffer = maker.get();
            buffers.put(type, buffer);
        }
        return type.cast(buffer);
    }

    /** Closes all buffers, the last made first. */
    void close() {
        List<AutoCloseable> made = new ArrayList<>(buffers.values());
        buffers.clear();
        for (int i = made.size() - 1; i >= 0; i--) {
            Closing.quietly(made.get(i), "a buffer");
        }
    }
}
