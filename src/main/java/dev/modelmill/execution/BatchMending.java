package dev.modelmill.execution;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Mends what a service that died left behind in Spring Batch's own tables: executions that seem to run, or whose status is
 * unknown, are marked as failed, after which starting the same job again is a restart. Used before any job runs.
 */
@Component
class BatchMending {

    private static final String OPEN = "('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')";

    private final JdbcClient jdbc;

    BatchMending(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void mend() {
        for (String table : new String[] {"BATCH_STEP_EXECUTION", "BATCH_JOB_EXECUTION"}) {
            jdbc.sql("UPDATE " + table + " SET STATUS = 'FAILED', EXIT_CODE = 'FAILED', END_TIME = CURRENT_TIMESTAMP,"
                            + " VERSION = VERSION + 1 WHERE STATUS IN " + OPEN)
                    .update();
        }
    }
}
