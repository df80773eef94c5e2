package dev.modelmill.job.intake;

import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.JobRejectedException.Fault;
import java.util.ArrayList;
import java.util.List;

/** Faults gathered while the fields of a request are read. Used once. */
final class Faults {

    private final List<Fault> faults = new ArrayList<>();

    void add(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }

    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new JobRejectedException("invalid_request", faults);
        }
    }
}
