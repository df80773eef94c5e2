package dev.modelmill.job.log;

/**
 * A line and where it is.
 *
 * @param number how many lines of events lie before it in the log
 * @param offset where it begins in the file
 */
record KeptLine(long number, long offset, LogLine line) {

    /** The offset behind the line and its newline. */
    long end() {
        return offset + line.json().length + 1;
    }
}
