package dev.modelmill.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk on which nothing survives that was not forced, unless by chance: the content of a file by a force of the file,
 * its name by a force of the folder. Harder than any real file system. Confined to one thread.
 */
final class Disk {

    private final Path root;
    private final DiskFolder top = new DiskFolder();
    private final Map<Long, DiskNode> byInode = new HashMap<>();
    private final Set<DiskNode> all = new LinkedHashSet<>();

    Disk(Path root) {
        this.root = root;
        all.add(top);
    }

    /** Does what was recorded. */
    void apply(DiskRecord done) {
        switch (done.op()) {
            case ROOT -> byInode.put(done.inode(), top);
            case CREATE -> add(done, new DiskFile());
            case MKDIR -> add(done, new DiskFolder());
            case SYMLINK -> add(done, new DiskNode.Symlink(done.other()));
            case WRITE -> file(done).write(done.offset(), done.bytes());
            case TRUNCATE -> file(done).resize(done.offset());
            case FORCE -> node(done).force();
            case LINK -> DiskFolder.change(entry(done.other(), seen(done.path())));
            case UNLINK -> DiskFolder.change(entry(done.path(), null));
            case RENAME -> DiskFolder.change(entry(done.path(), null), entry(done.other(), seen(done.path())));
            case MAP -> throw new IllegalStateException("a write that can't be recorded: " + done.path());
            case NONE, SENT -> {}
        }
    }

    private void add(DiskRecord done, DiskNode node) {
        byInode.put(done.inode(), node);
        all.add(node);
        DiskFolder.change(entry(done.path(), node));
    }

    private DiskNode node(DiskRecord done) {
        DiskNode node = byInode.get(done.inode());
        if (node == null) {
            throw new IllegalStateException("nothing known was touched: " + done);
        }
        return node;
    }

    private DiskFile file(DiskRecord done) {
        return (DiskFile) node(done);
    }

    private DiskFolder.Effect entry(String path, @Nullable DiskNode node) {
        Path full = Path.of(path);
        DiskNode parent =
                full.getParent().equals(root) ? top : seen(full.getParent().toString());
        return new DiskFolder.Effect((DiskFolder) parent, full.getFileName().toString(), node);
    }

    private DiskNode seen(String path) {
        DiskNode at = top;
        for (Path name : root.relativize(Path.of(path))) {
            at = at instanceof DiskFolder folder ? folder.seen(name.toString()) : null;
            if (at == null) {
                throw new IllegalStateException("nothing was there under " + path);
            }
        }
        return at;
    }

    /** Power is lost. Afterwards everything that is left is on the disk. */
    Disk lose(Loss loss) {
        all.forEach(each -> each.lose(loss));
        return this;
    }

    /** Writes what is left into a folder that is made for it. */
    void writeTo(Path target) throws IOException {
        Files.createDirectories(target);
        write(top, target);
    }

    private static void write(DiskFolder folder, Path target) throws IOException {
        for (Map.Entry<String, DiskNode> entry : folder.entries().entrySet()) {
            Path path = target.resolve(entry.getKey());
            if (entry.getValue() instanceof DiskFolder inner) {
                Files.createDirectory(path);
                write(inner, path);
            } else if (entry.getValue() instanceof DiskFile file) {
                Files.write(path, file.content());
            } else if (entry.getValue() instanceof DiskNode.Symlink link) {
                Files.createSymbolicLink(path, Path.of(link.target()));
            }
        }
    }

    /** The files that are left, by their path below the root. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        collect(top, "", files);
        return files;
    }

    private static void collect(DiskFolder folder, String prefix, Map<String, byte[]> files) {
        folder.entries().forEach((name, node) -> {
            if (node instanceof DiskFolder inner) {
                collect(inner, prefix + name + "/", files);
            } else if (node instanceof DiskFile file) {
                files.put(prefix + name, file.content());
            }
        });
    }
}
