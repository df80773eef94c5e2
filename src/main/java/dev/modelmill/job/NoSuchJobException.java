package dev.modelmill.job;

/** There is no job of that id. */
public class NoSuchJobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoSuchJobException(String id) {
        super("there is no job \"" + id + "\"");
    }
}
