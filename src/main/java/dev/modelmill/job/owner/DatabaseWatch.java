package dev.modelmill.job.owner;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Has the lock of a PostgreSQL database watched while the service runs, and ends the service where it is lost. */
final class DatabaseWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final int EXIT_CODE = 1;

    private final Ownership ownership;
    private final ConfigurableApplicationContext context;
    private @Nullable LockWatch watch;

    DatabaseWatch(Ownership ownership, ConfigurableApplicationContext context) {
        this.ownership = ownership;
        this.context = context;
    }

    @Override
    public void start() {
        watch = ownership
                .postgres()
                .map(lock -> new LockWatch(lock, this::lost))
                .orElse(null);
    }

    /** Ends the service from a thread of its own, since the end waits for the one that watches. */
    private void lost(String why) {
        log.error(
                "While the database was away its lock went to somebody else. {} This service ends; its jobs go on when"
                        + " it is started again and holds the database.",
                why);
        new Thread(() -> SpringApplication.exit(context, () -> EXIT_CODE), "database-lost").start();
    }

    @Override
    public void stop() {
        LockWatch started = watch;
        watch = null;
        if (started != null) {
            started.close();
        }
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    /** Before jobs begin to run; ends after them and after the web server. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 4096;
    }
}
