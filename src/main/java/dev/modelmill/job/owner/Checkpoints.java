package dev.modelmill.job.owner;

import dev.modelmill.job.JobEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * Has H2 force its file to the disk when something was committed, at most once a second for all jobs: a commit alone
 * survives the end of the process, not that of the machine. On a thread of its own, which nobody interrupts. Other
 * databases force their commits themselves.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long END_MILLIS = 5000;

    private final DataSource dataSource;
    private final Thread thread = new Thread(this::work, "checkpoints");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean committed;
    private boolean closed;

    /**
     * Begins to listen.
     *
     * @param needed false where the database needs none of it
     */
    Checkpoints(DataSource dataSource, boolean needed) {
        this.dataSource = dataSource;
        this.closed = !needed;
        if (needed) {
            thread.start();
        }
    }

    @EventListener
    void onCommit(JobEvent event) {
        lock.lock();
        try {
            committed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (awaitCommit()) {
            force();
            awaitSecond();
        }
    }

    /** False at the end of the service, when all is forced. */
    private boolean awaitCommit() {
        lock.lock();
        try {
            while (!committed && !closed) {
                news.awaitUninterruptibly();
            }
            boolean asked = committed;
            committed = false;
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void awaitSecond() {
        lock.lock();
        try {
            long left = SECOND;
            while (left > 0 && !closed) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            log.warn("somebody interrupted the checkpoints", e);
        } finally {
            lock.unlock();
        }
    }

    private void force() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        } catch (SQLException e) {
            log.warn("the database was not forced to the disk; trying again: {}", e.getMessage());
            onFailure();
        }
    }

    private void onFailure() {
        lock.lock();
        try {
            committed = !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Forces what is left and ends. Safe twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
