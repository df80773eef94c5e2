package dev.modelmill.job.owner;

import java.nio.file.Path;
import java.time.Clock;

/** Another process that holds a data folder, until its standard input ends. Says on the standard output how it went. */
final class FolderHolder {

    private FolderHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (FolderLock lock = new FolderLock(Path.of(arguments[0]), Clock.systemUTC())) {
            System.out.println(lock.attempt());
            while (System.in.read() >= 0) {}
        }
    }
}
