package dev.modelmill.api;

import dev.modelmill.job.store.StorageFault;
import org.jspecify.annotations.Nullable;

/** What lies behind an exception that nobody expected, as far as it helps a client. */
enum Causes {
    NO_SPACE,
    NO_DATABASE,
    TOO_LARGE,
    OTHER;

    /** Looks through the causes. */
    static Causes of(Throwable e) {
        return switch (StorageFault.of(e)) {
            case NO_SPACE -> NO_SPACE;
            case NO_DATABASE -> NO_DATABASE;
            case NONE -> isTooLarge(e) ? TOO_LARGE : OTHER;
        };
    }

    /** The container's own types say it, by names that this room does not depend on. */
    private static boolean isTooLarge(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().contains("SizeLimitExceeded")) {
                return true;
            }
        }
        return false;
    }
}
