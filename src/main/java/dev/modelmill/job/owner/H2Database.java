package dev.modelmill.job.owner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import org.h2.api.ErrorCode;
import org.h2.engine.ConnectionInfo;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database in an H2 file, read from end to end before it is used: one that is damaged is set aside, and a new one begins
 * in its place. H2's own lock keeps other processes away; it is held by a connection that stays open until the end. Used
 * by one thread at a time.
 */
final class H2Database implements Claim {

    private static final Logger log = LoggerFactory.getLogger(H2Database.class);
    private static final String SUFFIX = ".mv.db";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final DatabaseAddress address;
    private final Clock clock;
    private @Nullable Connection held;

    H2Database(DatabaseAddress address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    @Override
    public Attempt attempt() {
        try {
            held = openWhole();
            return new Attempt.Taken();
        } catch (SQLException e) {
            if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                return new Attempt.Refused("Another process holds the database file.", true);
            }
            throw new NotOwnerException(
                    "The database can't be opened: " + e.getMessage() + ".",
                    "Look at spring.datasource.url, username and password, and whether the service may write there.",
                    e);
        }
    }

    /** Opens the database; a damaged one is set aside first. */
    private Connection openWhole() throws SQLException {
        Connection opened = null;
        try {
            opened = address.connect(Map.of());
            H2Damage.look(opened);
            return opened;
        } catch (SQLException | RuntimeException e) {
            shutDown(opened);
            if (!H2Damage.is(e)) {
                throw e;
            }
            setAside(e);
            return address.connect(Map.of());
        }
    }

    /** Closes a damaged database without another word written to it. */
    private static void shutDown(@Nullable Connection opened) {
        if (opened == null) {
            return;
        }
        try (opened;
                Statement statement = opened.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException | RuntimeException closed) {
            log.debug("the damaged database did not close", closed);
        }
    }

    private void setAside(Exception damage) {
        Path file = file();
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + TIME.format(clock.instant()));
        try {
            Files.move(file, aside);
            try (FileChannel folder =
                    FileChannel.open(Objects.requireNonNull(file.getParent()), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw new NotOwnerException(
                    "The database is damaged and can't be set aside: " + e + ".", "Move " + SUFFIX + " away.", e);
        }
        log.error(
                "The database {} is damaged ({}). It was set aside as {}; a new one begins, and jobs are entered again"
                        + " from their folders.",
                file.getFileName(),
                damage.getMessage(),
                aside.getFileName());
    }

    private Path file() {
        String name = new ConnectionInfo(address.url(), null, null, null).getName();
        return Path.of(FilePath.get(name + SUFFIX).unwrap().toString());
    }

    @Override
    public String remedy() {
        return "Stop the process that has it open, or give this service a database of its own by spring.datasource.url."
                + " modelmill.takeover-wait says how long it waits.";
    }

    /** Lets go of the database, which closes when the pool is closed too. Safe twice, and before it is held. */
    @Override
    public void close() throws SQLException {
        Connection opened = held;
        held = null;
        if (opened != null) {
            opened.close();
        }
    }
}
