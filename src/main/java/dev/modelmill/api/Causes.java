package dev.modelmill.api;

import java.io.IOException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What lies behind an exception that nobody expected, as far as it helps a client. */
enum Causes {
    NO_SPACE,
    NO_DATABASE,
    TOO_LARGE,
    OTHER;

    /** Looks through the causes; a full disk counts before the database that it breaks. */
    static Causes of(Throwable e) {
        Causes found = OTHER;
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            Causes one = one(cause);
            if (one == NO_SPACE || found == OTHER) {
                found = one == OTHER ? found : one;
            }
        }
        return found;
    }

    private static Causes one(Throwable e) {
        if (e instanceof IOException && isNoSpace(e.getMessage())) {
            return NO_SPACE;
        }
        if (isTooLarge(e)) {
            return TOO_LARGE;
        }
        return isNoDatabase(e) ? NO_DATABASE : OTHER;
    }

    private static boolean isNoSpace(@Nullable String message) {
        return message != null
                && (message.contains("No space left on device") || message.contains("Disk quota exceeded"));
    }

    /** The container's own types say it, by names that this room does not depend on. */
    private static boolean isTooLarge(Throwable e) {
        return e.getClass().getSimpleName().contains("SizeLimitExceeded");
    }

    private static boolean isNoDatabase(Throwable e) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException
                || e instanceof CannotCreateTransactionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLRecoverableException;
    }
}
