package dev.modelmill.job.owner;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A real PostgreSQL, one for all tests of a JVM, with a database of its own for each who asks. A test fails where it can't
 * start; none is skipped.
 */
public final class PostgresServer {

    private PostgresServer() {}

    /** Makes an empty database; its JDBC URL, user included. */
    public static String newDatabase() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database could be made", e);
        }
        return url(name);
    }

    private static String url(String database) {
        return Lazy.SERVER.getJdbcUrl("postgres", database);
    }

    /** Where it listens. */
    public static int port() {
        return Lazy.SERVER.getPort();
    }

    /** Starts with the first who asks and ends with the JVM. */
    private static final class Lazy {

        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
            }
        }
    }
}
