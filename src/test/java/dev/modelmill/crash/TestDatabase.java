package dev.modelmill.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The database of one scenario: H2 in the data folder, or a new one in a PostgreSQL of its own. Used by one thread.
 */
final class TestDatabase implements AutoCloseable {

    private final @Nullable Path folder;
    private final String name = "m" + UUID.randomUUID().toString().replace("-", "");
    private @Nullable EmbeddedPostgres postgres;
    private int port;

    private TestDatabase(@Nullable Path folder) {
        this.folder = folder;
    }

    static TestDatabase h2() {
        return new TestDatabase(null);
    }

    /** A PostgreSQL whose files lie in a folder. */
    static TestDatabase postgresql(Path folder) {
        TestDatabase database = new TestDatabase(folder);
        database.start();
        try (Connection connection = database.running().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database.name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database of its own", e);
        }
        return database;
    }

    private EmbeddedPostgres running() {
        if (postgres == null) {
            throw new IllegalStateException("there is no PostgreSQL");
        }
        return postgres;
    }

    /** Whether the rows lie in the data folder. */
    boolean embedded() {
        return folder == null;
    }

    /** Starts PostgreSQL, again on the port that it had. */
    void start() {
        if (folder == null) {
            throw new IllegalStateException("H2 is started by the service");
        }
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("postgresql"))
                    .setCleanDataDirectory(false);
            if (port != 0) {
                builder.setPort(port);
            }
            postgres = builder.start();
            port = postgres.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops PostgreSQL; its files stay. */
    void stop() {
        try {
            running().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the service needs to be told. */
    List<String> settings() {
        if (folder == null) {
            return List.of();
        }
        return List.of(
                "--spring.datasource.url=jdbc:postgresql://localhost:" + port + "/" + name,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres");
    }

    @Override
    public void close() {
        if (postgres != null && folder != null) {
            stop();
            Site.removeTree(folder);
        }
    }
}
