package dev.modelmill.job.store;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the settings {@code modelmill.data-folder}, the absolute path of {@code modelmill.data-dir}: the database refuses
 * a relative one. Runs after the configuration files have been read.
 */
public final class DataFolderEnvironment implements EnvironmentPostProcessor, Ordered {

    static final String DATA_FOLDER = "modelmill.data-folder";
    private static final String DATA_DIR = "modelmill.data-dir";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String dataDir = environment.getProperty(DATA_DIR);
        if (dataDir != null) {
            String folder = Path.of(dataDir).toAbsolutePath().normalize().toString();
            environment.getPropertySources().addFirst(new MapPropertySource(DATA_FOLDER, Map.of(DATA_FOLDER, folder)));
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
