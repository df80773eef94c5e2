package dev.modelmill.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class BuildVersion implements IVersionProvider {

    private static final String FILE = "/META-INF/build-info.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream file = BuildVersion.class.getResourceAsStream(FILE)) {
            if (file != null) {
                build.load(file);
            }
        }
        return new String[] {"modelmill " + build.getProperty("build.version", "unknown")};
    }
}
