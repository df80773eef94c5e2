package dev.modelmill.job.owner;

import java.io.IOException;
import java.sql.SQLException;

/** Something that one service at a time may have. Used by one thread at a time. */
interface Claim extends AutoCloseable {

    /**
     * Tries to get it, without waiting for others.
     *
     * @return whether it is had now, or why not
     * @throws NotOwnerException if waiting would not help
     */
    Attempt attempt();

    /** What the operator can change where it is not to be had. */
    String remedy();

    /** Lets go of it. Safe twice, and before it is had. */
    @Override
    void close() throws IOException, SQLException;

    /** How an attempt went. */
    sealed interface Attempt {

        /** The service has it. */
        record Taken() implements Attempt {}

        /**
         * The service does not have it yet.
         *
         * @param why a sentence that names who has it, or what is missing
         * @param byAnother whether another service has it
         */
        record Refused(String why, boolean byAnother) implements Attempt {}
    }
}
