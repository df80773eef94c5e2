package dev.modelmill.task.output;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folders whose entries survive a loss of power. */
public final class Folders {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private Folders() {}

    /** Forces the entries of a folder to the disk. Does nothing on Windows, where a folder can't be opened. */
    public static void force(Path folder) throws IOException {
        if (!WINDOWS) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Makes a folder and those above it that do not exist, and forces them into the folders that hold them. */
    public static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            force(parent);
        }
    }
}
