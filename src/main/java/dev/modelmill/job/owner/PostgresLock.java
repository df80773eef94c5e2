package dev.modelmill.job.owner;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a PostgreSQL schema: an advisory lock that lives as long as its session, on a connection of its own beside
 * the pool. Who holds it is read from the server. Shared between the thread that takes it and the one that watches it.
 */
final class PostgresLock implements Claim {

    private static final Logger log = LoggerFactory.getLogger(PostgresLock.class);

    /** Advisory locks belong to a database, so the schema is what is left to tell apart. */
    private static final String KEY = "hashtextextended('modelmill ' || coalesce(current_schema(), ''), 0)";

    private static final String HOLDER = """
            SELECT a.pid, a.application_name, host(a.client_addr) AS address, a.backend_start
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND ((l.classid::bigint << 32) | l.objid::bigint) =\s""" + KEY;

    private static final Map<String, String> SETTINGS =
            Map.of("connectTimeout", "5", "loginTimeout", "5", "socketTimeout", "5", "tcpKeepAlive", "true");

    private final DatabaseAddress address;
    private @Nullable Connection connection;
    private OptionalInt lastSession = OptionalInt.empty();

    PostgresLock(DatabaseAddress address) {
        this.address = address;
    }

    @Override
    public synchronized Attempt attempt() {
        try {
            Connection open = connection;
            if (open == null) {
                open = connect();
                connection = open;
            }
            return take(open);
        } catch (SQLException e) {
            drop();
            if (!mayComeBack(e)) {
                throw new NotOwnerException(
                        "The database can't be used: " + e.getMessage() + ".",
                        "Look at spring.datasource.url, username and password.",
                        e);
            }
            return new Attempt.Refused("The database can't be reached: " + e.getMessage(), false);
        }
    }

    private Connection connect() throws SQLException {
        Connection opened = address.connect(SETTINGS);
        try (PreparedStatement name = opened.prepareStatement("SELECT set_config('application_name', ?, false)");
                Statement settings = opened.createStatement()) {
            name.setString(1, "modelmill " + ThisProcess.name());
            name.execute();
            // A machine that has vanished loses the lock in 25 seconds, not in the hours that TCP waits by default.
            settings.execute(
                    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;" + " SET tcp_keepalives_count = 3");
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    private Attempt take(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + "), pg_backend_pid()")) {
            row.next();
            if (row.getBoolean(1)) {
                lastSession = OptionalInt.of(row.getInt(2));
                return new Attempt.Taken();
            }
        }
        return refused(open);
    }

    private Attempt refused(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(HOLDER)) {
            if (!row.next()) {
                return new Attempt.Refused("Another Modelmill has just let go of the database.", false);
            }
            String name = String.valueOf(row.getString("application_name"));
            int session = row.getInt("pid");
            String holder = name + ", connected since "
                    + row.getTimestamp("backend_start").toInstant() + " from " + row.getString("address");
            if (lastSession.equals(OptionalInt.of(session)) && name.equals(applicationName(open))) {
                endOwn(open, session);
                return new Attempt.Refused("This process's broken connection still holds the database.", false);
            }
            return new Attempt.Refused("Another Modelmill holds the database: " + holder + ".", true);
        }
    }

    private static String applicationName(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('application_name')")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The server has not noticed yet that the connection of before is gone. */
    private static void endOwn(Connection open, int session) throws SQLException {
        try (PreparedStatement end = open.prepareStatement("SELECT pg_terminate_backend(?)")) {
            end.setInt(1, session);
            end.execute();
        }
    }

    /** Whether the server is away or starting or stopping, rather than refusing. */
    private static boolean mayComeBack(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    /** Asks the server whether the session that holds the lock is alive. Blocks for five seconds at most. */
    synchronized boolean isAlive() {
        Connection open = connection;
        if (open == null) {
            return false;
        }
        try (Statement statement = open.createStatement()) {
            statement.execute("SELECT 1");
            return true;
        } catch (SQLException e) {
            log.debug("the session of the lock is gone", e);
            drop();
            return false;
        }
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                log.debug("the connection of the lock was gone", gone);
            }
        }
    }

    @Override
    public String remedy() {
        return "Stop that one, or give this one a database or a schema of its own by spring.datasource.url."
                + " modelmill.takeover-wait says how long a second one waits.";
    }

    /**
     * Lets go of the database. Safe twice, and before it is held. The lock is given back by name: the server ends a closed
     * session in its own time, and until then it would refuse the next service.
     */
    @Override
    public synchronized void close() {
        Connection open = connection;
        if (open != null) {
            try (Statement statement = open.createStatement()) {
                statement.execute("SELECT pg_advisory_unlock_all()");
            } catch (SQLException gone) {
                log.debug("the session of the lock is gone, and the lock with it", gone);
            }
        }
        drop();
    }
}
