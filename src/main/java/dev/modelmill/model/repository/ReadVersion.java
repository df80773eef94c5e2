package dev.modelmill.model.repository;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Signature;
import org.jspecify.annotations.Nullable;

/**
 * What reading a version gave.
 *
 * @param model the version, or null where it has no valid {@code model.yml}
 * @param signature what it takes and gives, or null where it is broken
 * @param error why it can't be used, or null where it can
 */
record ReadVersion(
        @Nullable ModelVersion model,
        @Nullable Signature signature,
        @Nullable String error) {

    /** Of a version that is being read for the first time. */
    static final ReadVersion PENDING = new ReadVersion(null, null, null);

    static ReadVersion broken(String error) {
        return new ReadVersion(null, null, error);
    }
}
