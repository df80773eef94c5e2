package dev.modelmill.job.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the connection pool which errors mean that a connection is of no use any more. It does not know those of H2, which
 * after a full disk closes the database for all connections that are open, while a new one works again.
 */
public final class BrokenConnections implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return StorageFault.of(e) == StorageFault.NONE ? Override.CONTINUE_EVICT : Override.MUST_EVICT;
    }
}
