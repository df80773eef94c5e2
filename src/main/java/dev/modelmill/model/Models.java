package dev.modelmill.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model repository as it is now. Shared between threads; every answer is a snapshot.
 */
public interface Models {

    /** All models, by name. */
    List<Entry> all();

    /** The version that a reference names, or nothing where there is none. */
    Optional<Entry> find(ModelReference reference);

    /**
     * One version of a model in the repository, whole or broken.
     *
     * @param name the model's name
     * @param version the version
     * @param versions all versions of the model, ascending
     * @param model the version, or null where it is broken so badly that there is none (a wrong {@code model.yml})
     * @param signature what it takes and gives, or null while that is not known or where it is broken
     * @param error why it can't be used, for its owner; null where it can
     */
    record Entry(
            String name,
            String version,
            List<String> versions,
            @Nullable ModelVersion model,
            @Nullable Signature signature,
            @Nullable String error) {}
}
