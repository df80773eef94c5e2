package dev.modelmill.task.input;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the tasks of an input are written. */
public enum TaskFormat {
    JSONL,
    CSV;

    /** The public name: {@code jsonl}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
