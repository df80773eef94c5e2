package dev.modelmill.job;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many failed tasks a job bears: a count, or a percentage of all its tasks.
 *
 * @param amount the count or the percentage
 * @param percentage which of the two
 */
public record MaxErrors(BigDecimal amount, boolean percentage) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int FIRST = 100;

    /**
     * Reads {@code 25} or {@code 1%}.
     *
     * @throws IllegalArgumentException if it is neither, saying so
     */
    public static MaxErrors parse(String text) {
        boolean percentage = text.endsWith("%");
        String number = percentage ? text.substring(0, text.length() - 1).strip() : text;
        if (!number.matches(percentage ? "[0-9]{1,3}(\\.[0-9]{1,6})?" : "[0-9]{1,18}")) {
            throw new IllegalArgumentException(
                    "expected a count like 25 or a percentage like \"1%\", got \"" + text + "\"");
        }
        BigDecimal amount = new BigDecimal(number);
        if (percentage && amount.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException("a percentage is at most 100%, got \"" + text + "\"");
        }
        return new MaxErrors(amount, percentage);
    }

    /**
     * Whether a job has more errors than it bears: once more than so many have failed, or when its first 100 tasks (all,
     * if fewer) failed every one. Below 100 tasks a percentage stops nothing else, and {@code 100%} never does.
     *
     * @param total all tasks of the job
     * @param failed those that failed
     * @param failedFirst how many of the first 100 failed
     */
    public boolean exceeded(long total, long failed, long failedFirst) {
        if (percentage && amount.compareTo(HUNDRED) == 0) {
            return false;
        }
        boolean allFirstFailed = total > 0 && failedFirst >= Math.min(FIRST, total);
        return allFirstFailed || (!(percentage && total < FIRST) && failed > most(total));
    }

    /** The most errors that a job with so many tasks bears. */
    public long most(long total) {
        return percentage
                ? amount.multiply(BigDecimal.valueOf(total))
                        .divide(HUNDRED, 0, RoundingMode.FLOOR)
                        .longValueExact()
                : amount.longValueExact();
    }

    @Override
    public String toString() {
        return amount.toPlainString() + (percentage ? "%" : "");
    }
}
