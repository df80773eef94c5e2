package dev.modelmill.job.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.modelmill.job.owner.Claim.Attempt;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresLockTests {

    private final String url = PostgresServer.newDatabase();
    private final PostgresLock first = lock(url);
    private final PostgresLock second = lock(url);

    private static PostgresLock lock(String url) {
        return new PostgresLock(new DatabaseAddress(url, null, null));
    }

    @AfterEach
    void letGo() {
        first.close();
        second.close();
    }

    @Test
    void attemptWhenNobodyHoldsItTakesIt() {
        assertThat(first.attempt()).isInstanceOf(Attempt.Taken.class);
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void attemptWhenAnotherHoldsItNamesIt() {
        first.attempt();
        assertThat(second.attempt())
                .isInstanceOfSatisfying(
                        Attempt.Refused.class,
                        refused -> assertThat(refused)
                                .satisfies(each -> assertThat(each.byAnother()).isTrue())
                                .extracting(Attempt.Refused::why)
                                .asString()
                                .startsWith("Another Modelmill holds the database: modelmill process "
                                        + ProcessHandle.current().pid() + " on ")
                                .contains("connected since"));
    }

    @Test
    void attemptWhenTheFirstHasLetGoTakesItAtOnce() {
        for (int round = 0; round < 50; round++) {
            first.attempt();
            assertThat(second.attempt()).isInstanceOf(Attempt.Refused.class);
            first.close();
            assertThat(second.attempt()).isInstanceOf(Attempt.Taken.class);
            second.close();
        }
    }

    @Test
    void attemptWhenTheSchemaIsAnotherTakesIt() throws SQLException {
        execute("CREATE SCHEMA other");
        first.attempt();
        try (PostgresLock other = lock(url + "&currentSchema=other")) {
            assertThat(other.attempt()).isInstanceOf(Attempt.Taken.class);
        }
    }

    @Test
    void attemptWhenTheServerIsAwaySaysSo() {
        assertThat(lock("jdbc:postgresql://127.0.0.1:1/x").attempt())
                .isInstanceOfSatisfying(
                        Attempt.Refused.class,
                        refused -> assertThat(refused.byAnother()).isFalse());
    }

    @Test
    void attemptWhenTheDatabaseIsUnknownRefusesAtOnce() {
        PostgresLock nowhere = lock(url.replaceFirst("/t[0-9a-f]+", "/nothing"));
        assertThatExceptionOfType(NotOwnerException.class)
                .isThrownBy(nowhere::attempt)
                .withMessageContaining("\"nothing\" does not exist");
    }

    @Test
    void watchWhenTheSessionEndsTakesTheLockAgain() throws Exception {
        first.attempt();
        List<Integer> before = holders();
        CompletableFuture<String> lost = new CompletableFuture<>();
        try (LockWatch watch = new LockWatch(first, lost::complete)) {
            assertThat(watch).isNotNull();
            endSessions();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> holders().size() == 1 && !holders().equals(before));
            assertThat(second.attempt()).isInstanceOf(Attempt.Refused.class);
            assertThat(lost).isNotDone();
        }
    }

    /** The sessions that hold the lock, seen from outside: one that tried to take it would be in the way. */
    private List<Integer> holders() throws SQLException {
        List<Integer> pids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT l.pid FROM pg_locks l JOIN pg_database d"
                        + " ON d.oid = l.database WHERE l.locktype = 'advisory' AND l.granted AND d.datname = '"
                        + database() + "'")) {
            while (rows.next()) {
                pids.add(rows.getInt(1));
            }
        }
        return pids;
    }

    @Test
    void watchWhenAnotherTookTheLockMeanwhileTellsIt() throws Exception {
        first.attempt();
        endSessions();
        await().atMost(Duration.ofSeconds(60)).until(() -> second.attempt() instanceof Attempt.Taken);
        CompletableFuture<String> lost = new CompletableFuture<>();
        try (LockWatch watch = new LockWatch(first, lost::complete)) {
            assertThat(watch).isNotNull();
            assertThat(lost.get(60, TimeUnit.SECONDS)).contains("Another Modelmill holds the database");
        }
    }

    private String database() {
        return url.replaceFirst(".*/(t[0-9a-f]+).*", "$1");
    }

    private void endSessions() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database()
                + "' AND application_name LIKE 'modelmill %'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
