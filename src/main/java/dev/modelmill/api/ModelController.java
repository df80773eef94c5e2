package dev.modelmill.api;

import dev.modelmill.job.speed.ModelSpeeds;
import dev.modelmill.model.ModelReference;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Models;
import dev.modelmill.worker.WorkerPools;
import dev.modelmill.worker.WorkerProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The models of the repository and how their workers are. */
@RestController
@RequestMapping(path = "/models", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "models")
class ModelController {

    private final Models models;
    private final WorkerPools pools;
    private final ModelSpeeds speeds;
    private final int totalWorkers;

    ModelController(Models models, WorkerPools pools, ModelSpeeds speeds, WorkerProperties workers) {
        this.models = models;
        this.pools = pools;
        this.speeds = speeds;
        this.totalWorkers = workers.totalWorkers();
    }

    /**
     * All models.
     *
     * @param models by name
     */
    record ModelList(List<ModelView> models) {}

    @GetMapping
    @Operation(summary = "The models, by name")
    ModelList all() {
        return new ModelList(models.all().stream().map(this::view).toList());
    }

    @GetMapping("/{reference}")
    @Operation(summary = "A model: NAME for its default version, or NAME:VERSION")
    ModelView get(@PathVariable String reference) {
        return parse(reference)
                .flatMap(models::find)
                .map(this::view)
                .orElseThrow(() -> new UnknownModelException(reference));
    }

    private static Optional<ModelReference> parse(String reference) {
        try {
            return Optional.of(ModelReference.parse(reference));
        } catch (IllegalArgumentException namesNoModel) {
            return Optional.empty();
        }
    }

    private ModelView view(Models.Entry entry) {
        Optional<ModelVersion> model = Optional.ofNullable(entry.model());
        return ModelView.of(
                entry,
                model.flatMap(pools::status).orElse(null),
                model.flatMap(speeds::find).orElse(null),
                totalWorkers);
    }
}
