package dev.modelmill.model;

import dev.modelmill.model.ModelFileLister.FileState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The files that make up one version of a model, as they lie there at one moment. Immutable.
 *
 * <p>For a numbered version these are the files in and below its folder, for the flat layout those of the model's folder
 * without the numbered folders; the {@code model.yml} of the model's folder belongs to each version. Hidden files and
 * {@code __pycache__} don't count. A symbolic link counts as the file that it leads to, which must lie in the model's
 * folder: nothing outside of it is ever read.
 */
public final class ModelFiles {

    /** The file that says how a model is to be run. */
    public static final String SETTINGS = "model.yml";

    private static final Pattern NUMBERED = Pattern.compile("[1-9][0-9]{0,17}");

    private final SortedMap<String, FileState> files;

    private ModelFiles(SortedMap<String, FileState> files) {
        this.files = files;
    }

    /** Whether a folder of this name in a model's folder is a numbered version. */
    public static boolean isNumbered(String folderName) {
        return NUMBERED.matcher(folderName).matches();
    }

    /**
     * Lists the files of a version without reading them.
     *
     * @param modelFolder the model's folder
     * @param folder the folder of the version: the same for the flat layout
     * @throws ModelException if a file may not belong to a model, naming it
     * @throws IOException if the folder can't be listed, also because it changes meanwhile
     */
    public static ModelFiles of(Path modelFolder, Path folder) throws IOException {
        ModelFileLister lister = new ModelFileLister(modelFolder, folder);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, lister);
        Path settings = modelFolder.resolve(SETTINGS);
        if (!lister.isFlat() && Files.exists(settings)) {
            lister.visitFile(settings, Files.readAttributes(settings, BasicFileAttributes.class));
        }
        return new ModelFiles(lister.found());
    }

    /** Lists the files of a version as they are now; {@link #of(Path, Path)} says what it throws. */
    public static ModelFiles of(ModelVersion model) throws IOException {
        Path parent = model.folder().getParent();
        boolean numbered = model.folder().endsWith(Path.of(model.name(), model.version()));
        return of(numbered && parent != null ? parent : model.folder(), model.folder());
    }

    /** Whether a file of this name, relative to the version's folder, is among them. */
    public boolean contains(String name) {
        return files.containsKey(name);
    }

    /** Whether there is no file but perhaps a {@code model.yml}. */
    public boolean isEmpty() {
        return files.keySet().stream().allMatch(SETTINGS::equals);
    }

    /** The bytes of all files together. */
    public long bytes() {
        return files.values().stream().mapToLong(FileState::size).sum();
    }

    /** Names, sizes and times in short: equal for two listings between which, as far as those tell, nothing changed. */
    public String fingerprint() {
        MessageDigest hash = sha256();
        files.forEach((name, file) -> {
            String line = name + '\0' + file.size() + '\0' + file.modified() + '\0' + file.readable() + '\n';
            hash.update(line.getBytes(StandardCharsets.UTF_8));
        });
        return HexFormat.of().formatHex(hash.digest());
    }

    /**
     * {@code sha256:<hex>} over the files in the order of their names. Of each file it takes the name relative to the
     * version's folder in UTF-8 with {@code /} between its parts (the model's own {@code model.yml} under that name), a zero
     * byte, the length in 8 bytes, big-endian, and the contents. So a flat model and the same one in a numbered folder have
     * one digest. Reads every byte.
     *
     * @throws IOException if a file can't be read or is not as long as it was when it was listed
     */
    public String digest() throws IOException {
        MessageDigest hash = sha256();
        for (var file : files.entrySet()) {
            hash.update(file.getKey().getBytes(StandardCharsets.UTF_8));
            hash.update((byte) 0);
            hash.update(
                    ByteBuffer.allocate(Long.BYTES).putLong(0, file.getValue().size()));
            addContents(hash, file.getValue());
        }
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    private static void addContents(MessageDigest hash, FileState file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        try (InputStream in = Files.newInputStream(file.path())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
                length += read;
            }
        }
        if (length != file.size()) {
            throw new IOException(file.path() + " changed while it was read");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
