package dev.modelmill.model.repository;

import java.util.concurrent.ThreadFactory;

/** Makes threads that don't keep the process alive. */
final class DaemonThreads {

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
