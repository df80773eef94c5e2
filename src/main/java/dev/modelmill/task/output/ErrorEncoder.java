package dev.modelmill.task.output;

import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import dev.modelmill.task.bytes.NumberText;

/**
 * Writes why a task failed as a line of errors:
 * {@code {"index":8,"id":"b","line":10,"code":"invalid_task","message":"…","attempts":1}}. Stateless.
 */
public final class ErrorEncoder {

    private static final byte[] LINE = Literals.ascii(",\"line\":");
    private static final byte[] CODE = Literals.ascii(",\"code\":");
    private static final byte[] MESSAGE = Literals.ascii(",\"message\":");
    private static final byte[] ATTEMPTS = Literals.ascii(",\"attempts\":");

    private ErrorEncoder() {}

    /**
     * Appends the line of one task.
     *
     * @param index the task's index
     * @param echo what the line gives back of the task
     * @param line the 1-based line of the input where the task begins, or 0 where that is unknown
     * @param code the public code of the failure
     * @param message what was wrong
     * @param attempts calls of the model that the task was part of
     * @param out what the line and its LF are appended to
     */
    public static void encode(
            long index, TaskEcho echo, long line, String code, String message, int attempts, ByteBuilder out) {
        echo.beginLine(out, index);
        appendLine(out.append(LINE), line);
        JsonText.appendString(out.append(CODE), code);
        JsonText.appendString(out.append(MESSAGE), message);
        NumberText.append(out.append(ATTEMPTS), attempts);
        echo.endLine(out);
    }

    private static void appendLine(ByteBuilder out, long line) {
        if (line > 0) {
            NumberText.append(out, line);
        } else {
            out.append(Literals.NULL);
        }
    }
}
