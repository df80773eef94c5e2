package dev.modelmill.job.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelmill.job.owner.Claim.Attempt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2DatabaseTests {

    private static final int ROWS = 500;
    private static final int PAGE = 4096;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T22:46:33.5Z"), ZoneOffset.UTC);
    private static final String ASIDE = "modelmill.mv.db.damaged-20261123T224633.500Z";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path file;
    private DatabaseAddress address;

    @BeforeEach
    void makeDatabase() throws SQLException {
        file = folder.resolve("modelmill.mv.db");
        address = address(folder, "");
        try (Connection connection = address.connect(Map.of());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE job (id VARCHAR(26) PRIMARY KEY, n INT NOT NULL, request TEXT NOT NULL)");
            statement.execute("CREATE INDEX job_n ON job (n, id)");
            fill(connection);
        }
    }

    private static DatabaseAddress address(Path folder, String password) {
        return new DatabaseAddress(
                "jdbc:h2:async:" + folder + "/modelmill;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "sa", password);
    }

    private static void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO job VALUES (?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setString(1, "id" + i);
                insert.setInt(2, i);
                insert.setString(3, request(i));
                insert.executeUpdate();
                if (i % 100 == 99) {
                    connection.commit();
                }
            }
        }
    }

    private static String request(int n) {
        return Long.toHexString(new Random(n).nextLong()).repeat(n % 60);
    }

    @Test
    void attemptWhenTheFileIsWholeLeavesIt() throws Exception {
        assertThat(rowsAfterAttempt()).isEqualTo(ROWS);
        assertThat(folder.resolve(ASIDE)).doesNotExist();
    }

    @Test
    void attemptWhenThereIsNoFileBeginsOne() throws Exception {
        Files.delete(file);
        assertThat(rowsAfterAttempt()).isZero();
        assertThat(file).exists();
    }

    @Test
    void attemptWhenTheFileIsGarbageSetsItAside() throws Exception {
        byte[] garbage = new byte[100_000];
        new Random(2).nextBytes(garbage);
        Files.write(file, garbage);
        assertThat(rowsAfterAttempt()).isZero();
        assertThat(folder.resolve(ASIDE)).hasBinaryContent(garbage);
    }

    /** H2 may go back to what it had written before, as after a loss of power; then its older rows are whole. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5, 0.7, 0.9, 0.99})
    void attemptWhenTheFileIsCutShortIsWholeOrSetAside(double part) throws Exception {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength((long) (open.length() * part));
        }
        assertThat(rowsAfterAttempt() % 100).isZero();
    }

    /** What is left is what was committed at some time, or it is set aside; never half of something. */
    @Test
    void attemptWhenAPageIsLostIsWholeOrSetAside() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        List<String> faults = new ArrayList<>();
        int aside = 0;
        for (int page = 0; page < whole.length / PAGE; page++) {
            byte[] holed = whole.clone();
            Arrays.fill(holed, page * PAGE, page * PAGE + PAGE, (byte) 0);
            Files.write(file, holed);
            int rows = rowsAfterAttempt();
            boolean setAside = Files.deleteIfExists(folder.resolve(ASIDE));
            aside += setAside ? 1 : 0;
            if (setAside ? rows != 0 : rows % 100 != 0) {
                faults.add("page " + page + ": " + rows + " rows, set aside: " + setAside);
            }
            Files.deleteIfExists(file);
        }
        assertThat(faults).isEmpty();
        assertThat(aside).isPositive();
    }

    @Test
    void attemptWhenAnotherProcessHasItIsRefused() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        H2Holder.class.getName(),
                        address.url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (H2Database database = new H2Database(address, CLOCK)) {
            assertThat(process.inputReader()
                            .lines()
                            .filter(line -> line.startsWith("Taken"))
                            .findFirst())
                    .isPresent();
            assertThat(database.attempt())
                    .isEqualTo(new Attempt.Refused("Another process holds the database file.", true));
            process.destroyForcibly().waitFor();
            assertThat(database.attempt()).isInstanceOf(Attempt.Taken.class);
        }
        assertThat(folder.resolve(ASIDE)).doesNotExist();
    }

    @Test
    void attemptWhenThePasswordIsWrongLeavesTheFile() throws Exception {
        try (H2Database database = new H2Database(address(folder, "guess"), CLOCK)) {
            assertThatExceptionOfType(NotOwnerException.class)
                    .isThrownBy(database::attempt)
                    .withMessageContaining("Wrong user name or password");
        }
        assertThat(rowsAfterAttempt()).isEqualTo(ROWS);
    }

    @Test
    void attemptWhenTheFileMayNotBeReadLeavesIt() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/modelmill.mv.db"));
        try (H2Database database = new H2Database(address(elsewhere.getParent(), ""), CLOCK)) {
            assertThatExceptionOfType(NotOwnerException.class).isThrownBy(database::attempt);
        }
        assertThat(elsewhere).isDirectory();
        assertThat(elsewhere.resolveSibling(ASIDE)).doesNotExist();
    }

    /** How many rows the table has once the database is taken, or 0 without a table. */
    private int rowsAfterAttempt() throws SQLException, IOException {
        try (H2Database database = new H2Database(address, CLOCK);
                Connection connection = afterAttempt(database);
                Statement statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("SELECT 1 FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'JOB'")
                    .next()) {
                return 0;
            }
            int rows = 0;
            try (ResultSet all = statement.executeQuery("SELECT * FROM job")) {
                while (all.next()) {
                    int n = all.getInt("n");
                    assertThat(all.getString("request")).isEqualTo(request(n));
                    rows++;
                }
            }
            return rows;
        }
    }

    private Connection afterAttempt(H2Database database) throws SQLException {
        assertThat(database.attempt()).isInstanceOf(Attempt.Taken.class);
        return address.connect(Map.of());
    }
}
