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
        try (Checkpoints checkpoints = new Checkpoints(database(), true)) {
            checkpoints.onCommit(EVENT);
            long first = next();
            for (int i = 0; i < 1000; i++) {
                checkpoints.onCommit(EVENT);
            }
            long second = next();
            assertThat(second - first).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(990));
        }
        assertThat(connected).isEmpty();
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

    private long next() throws InterruptedException {
        Long time = connected.poll(20, TimeUnit.SECONDS);
        assertThat(time).isNotNull();
        return time == null ? 0 : time;
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
