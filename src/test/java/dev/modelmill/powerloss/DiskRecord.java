package dev.modelmill.powerloss;

import java.nio.ByteBuffer;

/**
 * What a process did to the disk, as {@code record.c} wrote it down.
 *
 * @param op what it was
 * @param position where its record begins in the log
 * @param end where the next one begins
 * @param inode the file or folder it was done to, where it has one
 * @param offset where the bytes were written; of a truncation the new size
 * @param path the path, absolute; the old one of two
 * @param other the second path; of a symbolic link what it says
 * @param bytes what was written, or the beginning of an answer that was sent
 */
record DiskRecord(
        Op op, long position, long end, long inode, long offset, String path, String other, ByteBuffer bytes) {

    /** In the order of the constants of {@code record.c}. */
    enum Op {
        NONE,
        ROOT,
        CREATE,
        WRITE,
        TRUNCATE,
        FORCE,
        RENAME,
        LINK,
        SYMLINK,
        UNLINK,
        MKDIR,
        /** A write that can't be recorded: through a shared mapping, or by the C library's streams. */
        MAP,
        /** An answer left the process. */
        SENT
    }

    DiskRecord {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** That something is forced at this moment. */
    DiskRecord force(long forced) {
        return new DiskRecord(Op.FORCE, position, end, forced, 0, "", "", ByteBuffer.allocate(0));
    }
}
