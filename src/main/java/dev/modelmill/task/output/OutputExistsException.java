package dev.modelmill.task.output;

import java.nio.file.Path;

/** A file is in the way of an output that may not replace it. */
public class OutputExistsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutputExistsException(Path target) {
        super("The output file " + target.getFileName()
                + " exists already: name another one or set \"overwrite\" to true");
    }
}
