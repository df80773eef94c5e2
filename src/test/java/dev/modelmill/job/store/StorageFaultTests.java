package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

class StorageFaultTests {

    @ParameterizedTest
    @CsvSource({
        "53100, NO_SPACE",
        "57P01, NO_DATABASE",
        "57P03, NO_DATABASE",
        "08006, NO_DATABASE",
        "90098, NO_DATABASE",
        "90028, NO_DATABASE",
        "23505, NONE",
        "42601, NONE"
    })
    void stateOfTheDatabaseTellsTheFault(String state, StorageFault fault) {
        SQLException e = new SQLException("said no", state);
        assertThat(StorageFault.of(new IllegalStateException(e))).isEqualTo(fault);
        assertThat(new BrokenConnections().adjudicate(e))
                .isEqualTo(fault == StorageFault.NONE ? Override.CONTINUE_EVICT : Override.MUST_EVICT);
    }

    @Test
    void fullDiskCountsBeforeTheDatabaseThatItBreaks() {
        IOException full = new IOException("No space left on device");
        assertThat(StorageFault.of(new SQLException("closed", "90098", full))).isEqualTo(StorageFault.NO_SPACE);
    }

    @Test
    void transientFaultsAndMissingConnectionsAreTheDatabases() {
        assertThat(StorageFault.of(new QueryTimeoutException("late"))).isEqualTo(StorageFault.NO_DATABASE);
        assertThat(StorageFault.of(new CannotCreateTransactionException("none")))
                .isEqualTo(StorageFault.NO_DATABASE);
        assertThat(StorageFault.of(new DuplicateKeyException("twice"))).isEqualTo(StorageFault.NONE);
        assertThat(StorageFault.of(new IOException("Permission denied"))).isEqualTo(StorageFault.NONE);
    }
}
