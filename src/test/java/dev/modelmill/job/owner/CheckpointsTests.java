package dev.modelmill.job.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class CheckpointsTests {

    private static final JobEvent EVENT =
            new JobEvent.TasksCommitted(new JobId("01k00000000000000000000000"), "digits", 1, 0);

    private final BlockingQueue<Long> connected = new LinkedBlockingQueue<>();

    @Test
    void commitsWhenTheyAreManyAreForcedOnceASecond() throws Exception {
        long begun = System.nanoTime();
        try (Checkpoints checkpoints = new Checkpoints(database(), true)) {
            checkpoints.onCommit(EVENT);
            next();
            for (int i = 0; i < 1000; i++) {
                checkpoints.onCommit(EVENT);
            }
            next();
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        assertThat(seconds).isPositive();
        assertThat(2L + connected.size())
                .as("the first, the one at the close, and one a second")
                .isLessThanOrEqualTo(2 + seconds);
    }

    @Test
    void closeForcesWhatIsLeft() throws Exception {
        Checkpoints checkpoints = new Checkpoints(database(), true);
        checkpoints.onCommit(EVENT);
        next();
        checkpoints.onCommit(EVENT);
        checkpoints.close();
        checkpoints.close();
        assertThat(connected).hasSize(1);
    }

    @Test
    void commitsWhenTheDatabaseForcesThemItselfDoNothing() {
        try (Checkpoints checkpoints = new Checkpoints(database(), false)) {
            checkpoints.onCommit(EVENT);
        }
        assertThat(connected).isEmpty();
    }

    private void next() throws InterruptedException {
        assertThat(connected.poll(60, TimeUnit.SECONDS)).isNotNull();
    }

    /** A database that tells when it is asked for a connection. */
    private DelegatingDataSource database() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:checkpoints");
        return new DelegatingDataSource(h2) {
            @Override
            public Connection getConnection() throws SQLException {
                connected.add(System.nanoTime());
                return super.getConnection();
            }
        };
    }
}
