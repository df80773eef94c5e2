package dev.modelmill.task.output;

import java.nio.file.Path;

/** A part file does not hold what was committed of it; its partition is to be run again from its beginning. */
public class PartDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PartDamagedException(Path file, String damage) {
        super("Part file " + file.getFileName() + " is damaged: " + damage);
    }
}
