package dev.modelmill.api;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.NoSuchJobException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands in paths and queries, and says what is expected where that fails. */
final class Parameters {

    private static final int MAX_KEY = 255;

    private Parameters() {}

    /** The id in a path; one that no job can have is one that no job has. */
    static JobId jobId(String text) {
        return JobId.parse(text).orElseThrow(() -> new NoSuchJobException(text));
    }

    /** The id of the job after which a page begins. */
    static @Nullable JobId after(@Nullable String text) {
        return isMissing(text)
                ? null
                : JobId.parse(text)
                        .orElseThrow(() -> new BadParameterException("after", "the \"next\" of the page before", text));
    }

    /** What a client calls a submission that it may send again; null where it does not. */
    static @Nullable String idempotencyKey(@Nullable String key) {
        if (key != null && (key.isEmpty() || key.length() > MAX_KEY)) {
            throw new BadParameterException(
                    SubmissionController.IDEMPOTENCY_KEY, "1 to " + MAX_KEY + " characters", key);
        }
        return key;
    }

    static Set<JobStatus> statuses(@Nullable List<String> names) {
        Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
        for (String name : names == null ? List.<String>of() : names) {
            statuses.add(status(name));
        }
        return statuses;
    }

    private static JobStatus status(String name) {
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new BadParameterException("status", "one of " + Arrays.toString(JobStatus.values()), name));
    }

    /** A whole number of a range, or the default where none is given. */
    static long number(String name, @Nullable String text, long min, long max, long missing) {
        if (isMissing(text)) {
            return missing;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new BadParameterException(name, range(min, max), text);
        }
        throw new BadParameterException(name, range(min, max), text);
    }

    private static String range(long min, long max) {
        return max == Long.MAX_VALUE
                ? "a whole number of " + min + " or more"
                : "a whole number from " + min + " to " + max;
    }

    /** A text, or null where it is empty. */
    static @Nullable String text(@Nullable String text) {
        return isMissing(text) ? null : text;
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
