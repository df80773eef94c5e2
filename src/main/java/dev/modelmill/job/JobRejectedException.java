package dev.modelmill.job;

import java.util.List;

/** A request that was understood but can't be carried out, with each field at fault. Nothing of it was stored. */
public class JobRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Fault> faults;

    public JobRejectedException(String code, List<Fault> faults) {
        super(faults.isEmpty() ? code : faults.get(0).detail());
        this.code = code;
        this.faults = List.copyOf(faults);
    }

    public JobRejectedException(String code, String pointer, String detail) {
        this(code, List.of(new Fault(pointer, detail)));
    }

    /** The stable name of the first fault's kind: {@code unknown_model}. */
    public String code() {
        return code;
    }

    /** What is wrong, field by field. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One field at fault.
     *
     * @param pointer the JSON pointer of the field in the request
     * @param detail what is wrong and what to change
     */
    public record Fault(String pointer, String detail) {}
}
