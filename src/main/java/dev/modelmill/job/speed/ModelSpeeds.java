package dev.modelmill.job.speed;

import dev.modelmill.job.store.DataFolder;
import dev.modelmill.model.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The speeds of the models that were used on this machine, one file each under {@code models} in the data folder, by the
 * model's digest. Losing them costs a measurement, nothing else. Shared between threads.
 */
@Component
public class ModelSpeeds {

    private static final Logger log = LoggerFactory.getLogger(ModelSpeeds.class);

    private final Path folder;
    private final JsonMapper json;
    private final String machine;
    private final Map<String, Optional<ModelSpeed>> known = new ConcurrentHashMap<>();

    @Autowired
    ModelSpeeds(DataFolder folder, JsonMapper json) {
        this(folder.root().resolve("models"), json, Machine.name());
    }

    ModelSpeeds(Path folder, JsonMapper json, String machine) {
        this.folder = folder;
        this.json = json;
        this.machine = machine;
    }

    /** What a file holds. */
    private record Measured(String machine, int batchSize, double secondsPerTask) {}

    /** What was measured of a model on this machine. */
    public Optional<ModelSpeed> find(ModelVersion model) {
        return known.computeIfAbsent(name(model), this::read);
    }

    private Optional<ModelSpeed> read(String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.exists(file)) {
                Measured measured = json.readValue(Files.readAllBytes(file), Measured.class);
                return measured.machine().equals(machine)
                        ? Optional.of(new ModelSpeed(measured.batchSize(), measured.secondsPerTask()))
                        : Optional.empty();
            }
        } catch (IOException | JacksonException | NullPointerException torn) {
            log.info("{} can't be read; the model is measured again", file.getFileName());
        }
        return Optional.empty();
    }

    /** Keeps what was measured. Where it can't be written it holds until the end of the service. */
    public void keep(ModelVersion model, ModelSpeed speed) {
        String name = name(model);
        known.put(name, Optional.of(speed));
        Path unfinished = folder.resolve(name + "." + UUID.randomUUID() + ".unfinished");
        try {
            Files.createDirectories(folder);
            Measured measured = new Measured(machine, speed.batchSize(), speed.secondsPerTask());
            Files.write(unfinished, json.writeValueAsBytes(measured));
            Files.move(
                    unfinished,
                    folder.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            log.warn("the speed of {} could not be kept: {}", model.reference(), e.getMessage());
        }
    }

    private static String name(ModelVersion model) {
        return model.name() + "-" + model.digest().replace("sha256:", "") + ".json";
    }
}
