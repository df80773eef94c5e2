package dev.modelmill.powerloss;

import dev.modelmill.powerloss.DiskRecord.Op;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All that a process did to the disk, in order.
 *
 * @param records from the oldest on
 */
record DiskLog(List<DiskRecord> records) {

    private static final int HEAD = 32;

    /** Reads the log of {@code record.c}; a record that is torn at the end is left out. */
    static DiskLog read(Path file) throws IOException {
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        List<DiskRecord> records = new ArrayList<>();
        while (log.remaining() >= HEAD) {
            int position = log.position();
            Op op = Op.values()[log.get()];
            log.position(position + 4);
            int pathLength = Short.toUnsignedInt(log.getShort());
            int otherLength = Short.toUnsignedInt(log.getShort());
            long inode = log.getLong();
            long offset = log.getLong();
            long size = log.getLong();
            if (log.remaining() < pathLength + otherLength + size) {
                break;
            }
            String path = text(log, pathLength);
            String other = text(log, otherLength);
            ByteBuffer bytes = log.slice(log.position(), (int) size);
            log.position(log.position() + (int) size);
            records.add(new DiskRecord(op, position, log.position(), inode, offset, path, other, bytes));
        }
        return new DiskLog(records);
    }

    private static String text(ByteBuffer log, int length) {
        byte[] bytes = new byte[length];
        log.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The same as if the process had not forced some of its files and folders, known by the path they were made under. */
    DiskLog withoutForcesOf(Predicate<Made> some) {
        Map<Long, Made> made = new HashMap<>();
        List<DiskRecord> left = new ArrayList<>();
        for (DiskRecord each : records) {
            note(each, made);
            if (each.op() != Op.FORCE || !some.test(made.get(each.inode()))) {
                left.add(each);
            }
        }
        return new DiskLog(left);
    }

    /** The same as if the process had forced a file, and the folders above it, with every write. */
    DiskLog withForcesOf(Path file) {
        Map<Long, Made> made = new HashMap<>();
        List<DiskRecord> more = new ArrayList<>();
        for (DiskRecord each : records) {
            note(each, made);
            more.add(each);
            Made touched = made.get(each.inode());
            if (touched != null && (each.op() == Op.CREATE || touched.path().equals(file))) {
                made.forEach((inode, above) -> {
                    if (file.startsWith(above.path())) {
                        more.add(each.force(inode));
                    }
                });
            }
        }
        return new DiskLog(more);
    }

    private static void note(DiskRecord each, Map<Long, Made> made) {
        if (each.op() == Op.ROOT || each.op() == Op.MKDIR || each.op() == Op.CREATE) {
            made.put(each.inode(), new Made(Path.of(each.path()), each.op() != Op.CREATE));
        }
    }

    /**
     * A file or folder.
     *
     * @param path what it was made as
     */
    record Made(Path path, boolean folder) {}

    /** The folder that was recorded. */
    Path root() {
        return Path.of(records.get(0).path());
    }

    /** How much was done of something. */
    long count(Op op) {
        return records.stream().filter(each -> each.op() == op).count();
    }

    /** Where the last answer began that left before a position of the log. */
    long lastAnswerBefore(long position) {
        return records.stream()
                .filter(each -> each.op() == Op.SENT && each.position() < position)
                .mapToLong(DiskRecord::position)
                .max()
                .orElseThrow(() -> new IllegalStateException("no answer was recorded before " + position));
    }

    /** The disk as the process saw it at a position of the log, with what of it was forced. */
    Disk at(long position) {
        Disk disk = new Disk(root());
        for (DiskRecord each : records) {
            if (each.position() >= position) {
                break;
            }
            disk.apply(each);
        }
        return disk;
    }
}
