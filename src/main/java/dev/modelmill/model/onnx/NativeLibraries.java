package dev.modelmill.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks the libraries of ONNX Runtime into one folder for all starts. ONNX Runtime itself unpacks them into a new folder
 * at each start and removes it at an orderly exit only. Several processes may do it at once.
 */
final class NativeLibraries {

    private static final Logger log = LoggerFactory.getLogger(NativeLibraries.class);

    private static final String GIVEN = "onnxruntime.native.";
    private static final String PATH = "onnxruntime.native.path";
    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static final FileAttribute<?> OWNERS_FOLDER = permissions("rwx------");
    private static final FileAttribute<?> OWNERS_FILE = permissions("rw-------");
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path parent;
    private final Path folder;
    private final String platform;

    private NativeLibraries(Properties properties) {
        parent = Path.of(properties.getProperty("java.io.tmpdir")).toAbsolutePath();
        folder = parent.resolve("modelmill-native-" + version() + "-" + user(properties));
        platform = platform(properties);
    }

    /**
     * Tells ONNX Runtime by the system properties where its libraries are; must come before the first use of
     * {@link OrtEnvironment}. Leaves the properties as they are if they already say it, where the file system isn't POSIX
     * and on any trouble: ONNX Runtime then unpacks for itself.
     */
    static void use(Properties properties) {
        if (properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(GIVEN))) {
            return;
        }
        try {
            properties.setProperty(
                    PATH, new NativeLibraries(properties).unpacked().toString());
        } catch (IOException | RuntimeException e) {
            log.debug("ONNX Runtime has to unpack its libraries itself", e);
        }
    }

    private Path unpacked() throws IOException {
        UserPrincipal user = currentUser();
        makeFolder(user);
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            URL resource = resource(file);
            if (!isWhole(folder.resolve(file), resource, user)) {
                unpack(resource, file);
            }
        }
        return folder;
    }

    private UserPrincipal currentUser() throws IOException {
        Path file = Files.createTempFile(parent, "modelmill-native", null);
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }

    private void makeFolder(UserPrincipal user) throws IOException {
        try {
            Files.createDirectory(folder, OWNERS_FOLDER);
        } catch (FileAlreadyExistsException e) {
            log.trace("{} is there", folder, e);
        }
        PosixFileAttributes attributes = attributes(folder);
        if (!attributes.isDirectory() || !isOwn(attributes, user)) {
            throw new IOException("others may write to " + folder);
        }
    }

    private static boolean isWhole(Path file, URL resource, UserPrincipal user) throws IOException {
        try {
            PosixFileAttributes attributes = attributes(file);
            return attributes.isRegularFile() && isOwn(attributes, user) && attributes.size() == size(resource);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOwn(PosixFileAttributes attributes, UserPrincipal user) {
        return attributes.owner().equals(user) && Collections.disjoint(attributes.permissions(), WRITABLE_BY_OTHERS);
    }

    private void unpack(URL resource, String file) throws IOException {
        Path beside = Files.createTempDirectory(parent, "modelmill-native");
        Path copy = beside.resolve(file);
        try {
            copy(resource, copy);
            Files.move(copy, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
            Files.delete(beside);
        }
    }

    private static void copy(URL resource, Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (InputStream in = resource.openStream();
                FileChannel out = FileChannel.open(file, options, OWNERS_FILE)) {
            in.transferTo(Channels.newOutputStream(out));
            // A loss of power must not leave a file of the right size without its content.
            out.force(true);
        }
    }

    private URL resource(String file) throws IOException {
        String name = "/ai/onnxruntime/native/" + platform + "/" + file;
        URL resource = OrtEnvironment.class.getResource(name);
        if (resource == null) {
            throw new NoSuchFileException(name);
        }
        return resource;
    }

    private static long size(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        try {
            return connection.getContentLengthLong();
        } finally {
            connection.getInputStream().close();
        }
    }

    private static String version() {
        String version = OrtEnvironment.class.getPackage().getImplementationVersion();
        if (version == null) {
            throw new IllegalStateException("ONNX Runtime doesn't tell its version");
        }
        return version;
    }

    private static String user(Properties properties) {
        return properties.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** As ONNX Runtime names it; one that it has no libraries for is found to be without. */
    private static String platform(Properties properties) {
        String system = properties.getProperty("os.name", "").toLowerCase(Locale.ENGLISH);
        String processor = properties.getProperty("os.arch", "").toLowerCase(Locale.ENGLISH);
        return (system.contains("mac") ? "osx" : system)
                + "-"
                + (Set.of("amd64", "x86_64").contains(processor) ? "x64" : processor);
    }

    private static FileAttribute<?> permissions(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
