package dev.modelmill.job.owner;

import dev.modelmill.task.output.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a data folder: the operating system's, on the file {@code lock} in it, so that it ends with the process
 * however that dies. The file says who holds it. Used by one thread at a time.
 */
final class FolderLock implements Claim {

    /**
     * Who holds which folder in this JVM. Static as the locks are: POSIX gives them to the process, and drops them when
     * any descriptor of the file is closed, so a folder that is held here must not even be looked at again.
     */
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    /** A byte far behind the text: where locks are mandatory the text can be read all the same. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MOST_TEXT = 1000;

    private final Path folder;
    private final Clock clock;
    private @Nullable Path held;
    private @Nullable FileChannel channel;

    FolderLock(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Attempt attempt() {
        try {
            Folders.create(folder.toAbsolutePath().normalize());
            Path real = folder.toRealPath();
            String holder = ThisProcess.name() + ", since " + clock.instant().truncatedTo(ChronoUnit.MILLIS);
            String here = HELD_HERE.putIfAbsent(real, holder);
            return here == null ? lock(real, holder) : refused(here);
        } catch (IOException e) {
            throw new NotOwnerException(
                    "The data folder can't be used: " + e + ".",
                    "Let the service write to the folder, or name another one by modelmill.data-dir.",
                    e);
        }
    }

    private Attempt lock(Path real, String holder) throws IOException {
        try {
            Path file = real.resolve("lock");
            FileChannel opened = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = opened.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                String other = read(opened);
                opened.close();
                return refused(other);
            }
            channel = opened;
            held = real;
            write(opened, holder + "\n");
            return new Attempt.Taken();
        } finally {
            if (held == null) {
                HELD_HERE.remove(real);
            }
        }
    }

    private static Attempt refused(String holder) {
        return new Attempt.Refused(
                "Another Modelmill holds the data folder: " + (holder.isEmpty() ? "it has just begun" : holder) + ".",
                true);
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_TEXT);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public String remedy() {
        return "Stop that one, or give this one a folder of its own by modelmill.data-dir."
                + " modelmill.takeover-wait says how long a second one waits.";
    }

    /** Lets go of the folder. Safe twice, and before it is held. */
    @Override
    public void close() throws IOException {
        Path folderHeld = held;
        FileChannel opened = channel;
        held = null;
        channel = null;
        if (folderHeld == null || opened == null) {
            return;
        }
        try {
            opened.truncate(0);
        } finally {
            opened.close();
            HELD_HERE.remove(folderHeld);
        }
    }
}
