package dev.modelmill.job.store;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Which fault of the storage lies behind an exception, as far as it will go away by itself or by its operator's doing. */
public enum StorageFault {
    NO_SPACE,
    NO_DATABASE,
    NONE;

    private static final String DISK_FULL = "53100";
    private static final Set<String> H2_FILE_ERRORS = Set.of("90028", "90031", "90098", "90121");

    /** Looks through the causes; a full disk counts before the database that it breaks. */
    public static StorageFault of(Throwable e) {
        StorageFault found = NONE;
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            StorageFault one = one(cause);
            if (one == NO_SPACE) {
                return one;
            }
            found = one == NONE ? found : one;
        }
        return found;
    }

    private static StorageFault one(Throwable e) {
        if (e instanceof IOException && isNoSpace(String.valueOf(e.getMessage()))) {
            return NO_SPACE;
        }
        if (e instanceof SQLException database && DISK_FULL.equals(database.getSQLState())) {
            return NO_SPACE;
        }
        return isNoDatabase(e) ? NO_DATABASE : NONE;
    }

    private static boolean isNoSpace(String message) {
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    private static boolean isNoDatabase(Throwable e) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException
                || e instanceof CannotCreateTransactionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || (e instanceof SQLException database && isConnectionState(String.valueOf(database.getSQLState())));
    }

    /** A broken connection, a server that is stopping or starting, a file of H2 that can't be used now. */
    private static boolean isConnectionState(String state) {
        return state.startsWith("08") || state.startsWith("57P") || H2_FILE_ERRORS.contains(state);
    }
}
