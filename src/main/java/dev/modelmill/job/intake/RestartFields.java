package dev.modelmill.job.intake;

import dev.modelmill.job.store.RestartChanges;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The fields that a restart may change, checked as in a new request. */
final class RestartFields {

    private static final Set<String> FIELDS = Set.of("maxErrors", "workers", "priority");

    private RestartFields() {}

    /** The changes, or a rejection that names every field at fault. */
    static RestartChanges changes(ObjectNode fields) {
        FieldReader reader = new FieldReader();
        reader.known(fields, FIELDS, "");
        reader.maxErrors(fields);
        reader.workers(fields);
        reader.priority(fields);
        reader.faults().throwIfAny();
        return new RestartChanges(fields);
    }
}
