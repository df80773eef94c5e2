package dev.modelmill.powerloss;

import dev.modelmill.powerloss.DiskRecord.Op;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A few calls on a disk, written down by hand. Names are paths below the root. Confined to one thread. */
final class DiskScript {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Disk disk = new Disk(Path.of("/r"));
    private final Map<String, Long> inodes = new HashMap<>();

    DiskScript() {
        inodes.put("", 1L);
        disk.apply(new DiskRecord(Op.ROOT, 0, 0, 1, 0, "/r", "", NOTHING));
    }

    private DiskScript call(Op op, String name, String other, long offset, ByteBuffer bytes) {
        long inode = inodes.getOrDefault(name, 0L);
        disk.apply(new DiskRecord(op, 0, 0, inode, offset, "/r/" + name, "/r/" + other, bytes));
        return this;
    }

    DiskScript create(String name) {
        inodes.put(name, inodes.size() + 1L);
        return call(Op.CREATE, name, "", 0, NOTHING);
    }

    DiskScript mkdir(String name) {
        inodes.put(name, inodes.size() + 1L);
        return call(Op.MKDIR, name, "", 0, NOTHING);
    }

    DiskScript write(String name, long offset, String text) {
        return call(Op.WRITE, name, "", offset, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    DiskScript resize(String name, long size) {
        return call(Op.TRUNCATE, name, "", size, NOTHING);
    }

    /** Forces a file or folder; the root is {@code ""}. */
    DiskScript force(String name) {
        return call(Op.FORCE, name, "", 0, NOTHING);
    }

    DiskScript rename(String name, String other) {
        call(Op.RENAME, name, other, 0, NOTHING);
        inodes.put(other, inodes.get(name));
        return this;
    }

    DiskScript link(String name, String other) {
        return call(Op.LINK, name, other, 0, NOTHING);
    }

    DiskScript unlink(String name) {
        return call(Op.UNLINK, name, "", 0, NOTHING);
    }

    /** The files that are left, as text. */
    Map<String, String> lose(Loss.Mode mode, long seed) {
        Map<String, String> left = new TreeMap<>();
        disk.lose(new Loss(mode, seed))
                .files()
                .forEach((name, bytes) -> left.put(name, new String(bytes, StandardCharsets.UTF_8)));
        return left;
    }

    Map<String, String> dropped() {
        return lose(Loss.Mode.DROPPED, 0);
    }

    Map<String, String> kept() {
        return lose(Loss.Mode.KEPT, 0);
    }
}
