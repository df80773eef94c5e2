package dev.modelmill.model.repository;

import dev.modelmill.model.Models.Entry;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that the repository has taken. Immutable but for the readings under way.
 *
 * @param listing how it lay in its folder
 * @param slots its versions, by version
 */
record ListedModel(ModelListing listing, Map<String, VersionSlot> slots) {

    ListedModel {
        slots = Map.copyOf(slots);
    }

    /** The slot of a version, of the highest where none is said. */
    Optional<VersionSlot> slot(@Nullable String version) {
        return Optional.ofNullable(slots.get(version == null ? defaultVersion() : version));
    }

    /** A version, of the highest where none is said, with what reading it has given. */
    Entry entry(@Nullable String version, ReadVersion read) {
        return new Entry(
                listing.name(),
                version == null ? defaultVersion() : version,
                listing.versionNames(),
                read.model(),
                read.signature(),
                read.error());
    }

    private String defaultVersion() {
        return listing.versionNames().get(listing.versionNames().size() - 1);
    }
}
