package dev.modelmill.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLNonTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;

class CausesTests {

    private static final IOException FULL = new IOException("write: No space left on device");

    @Test
    void ofWhenDiskIsFullSaysSo() {
        assertThat(Causes.of(new UncheckedIOException(FULL))).isEqualTo(Causes.NO_SPACE);
    }

    @Test
    void ofWhenFullDiskBreaksDatabaseSaysDisk() {
        assertThat(Causes.of(new DataAccessResourceFailureException("database", FULL)))
                .isEqualTo(Causes.NO_SPACE);
    }

    @Test
    void ofWhenDatabaseIsClosedSaysSo() {
        SQLNonTransientConnectionException closed = new SQLNonTransientConnectionException("closed");

        assertThat(Causes.of(new UncategorizedSQLException("query", null, closed)))
                .isEqualTo(Causes.NO_DATABASE);
    }

    @Test
    void ofWhenNothingHelpsIsOther() {
        assertThat(Causes.of(new IllegalStateException("No space left on device")))
                .isEqualTo(Causes.OTHER);
    }
}
