package dev.modelmill.job.owner;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this service has to itself while it lives: its data folder, then its database. Closed after the pool of database
 * connections; the folder is let go last.
 */
final class Ownership implements AutoCloseable {

    /** The name of the bean, for those that must come after it. */
    static final String BEAN = "ownership";

    private static final Logger log = LoggerFactory.getLogger(Ownership.class);

    private final Deque<Claim> held = new ArrayDeque<>();
    private final Optional<PostgresLock> postgres;

    /**
     * Takes all of it, and waits for those who have it.
     *
     * @throws NotOwnerException if others still have it after the wait
     */
    Ownership(OwnerProperties properties, DatabaseAddress database, Takeover takeover, Clock clock) {
        postgres = database.isPostgres() ? Optional.of(new PostgresLock(database)) : Optional.empty();
        try (takeover) {
            take(takeover, new FolderLock(properties.dataDir(), clock));
            postgres.ifPresent(lock -> take(takeover, lock));
            if (database.isH2File()) {
                take(takeover, new H2Database(database, clock));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void take(Takeover takeover, Claim claim) {
        held.push(claim);
        takeover.take(claim);
    }

    /** The lock of the database, where it is a PostgreSQL. */
    Optional<PostgresLock> postgres() {
        return postgres;
    }

    /** Lets go of everything, last taken first. Safe twice. */
    @Override
    public void close() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (IOException | SQLException | RuntimeException e) {
                log.warn("what this service held was not let go in order", e);
            }
        }
    }
}
