package dev.modelmill.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model repository as it is now. Shared between threads; every answer is a snapshot.
 */
public interface Models {

    /** All models, by name, each with its default version. Never waits for a model that is being read. */
    List<Entry> all();

    /**
     * The version that a reference names, or nothing where there is none. Never waits: of a model whose files have just
     * changed it is the last state known, of a new one an entry without model, signature and error.
     */
    Optional<Entry> find(ModelReference reference);

    /**
     * Like {@link #find}, but waits until the version has been read, so that the entry has a signature or an error. Where
     * that takes longer than {@code timeout}, or the thread is interrupted, it is what {@link #find} would give.
     */
    default Optional<Entry> await(ModelReference reference, Duration timeout) {
        return find(reference);
    }

    /**
     * One version of a model in the repository, whole or broken.
     *
     * @param name the model's name
     * @param version the version
     * @param versions all versions of the model, ascending
     * @param model the version, or null where it is broken so badly that there is none (a wrong {@code model.yml}) and
     *     while it is read for the first time
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
