package dev.modelmill.execution;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps Spring Batch's own tables true and small: executions of a service that died are marked as failed, those of a job
 * that is deleted go with it. Every run of a job is a job instance of its own there; what is left to do our rows know.
 */
@Component
class BatchMending {

    private static final Logger log = LoggerFactory.getLogger(BatchMending.class);

    private static final String FAILED = " SET STATUS = 'FAILED', EXIT_CODE = 'FAILED', VERSION = VERSION + 1,"
            + " END_TIME = COALESCE(END_TIME, CURRENT_TIMESTAMP)"
            + " WHERE STATUS IN ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')";
    private static final List<String> KEYS = List.of("JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION");
    private static final String STEPS =
            "(SELECT STEP_EXECUTION_ID FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID IN (:executions))";
    private static final List<String> DELETIONS = List.of(
            "DELETE FROM BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID IN " + STEPS,
            "DELETE FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID IN (:executions)",
            "DELETE FROM BATCH_JOB_EXECUTION_CONTEXT WHERE JOB_EXECUTION_ID IN (:executions)",
            "DELETE FROM BATCH_JOB_EXECUTION_PARAMS WHERE JOB_EXECUTION_ID IN (:executions)",
            "DELETE FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID IN (:executions)",
            "DELETE FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID IN (:instances)");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    BatchMending(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Mends what a service that died left behind. Used before any job runs. */
    void mend() {
        jdbc.sql("UPDATE BATCH_STEP_EXECUTION" + FAILED).update();
        jdbc.sql("UPDATE BATCH_JOB_EXECUTION" + FAILED).update();
        jdbc.sql("DELETE FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID NOT IN"
                        + " (SELECT JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION)")
                .update();
        KEYS.forEach(this::moveSequence);
    }

    /**
     * Lets a sequence go on behind the greatest key in use. H2 may forget numbers that it gave out: it stores how far a
     * sequence is a moment after, and another connection may have committed a row with the next number meanwhile.
     */
    private void moveSequence(String key) {
        long next = jdbc.sql("SELECT COALESCE(MAX(" + key + "_ID), 0) + 1 FROM BATCH_" + key)
                .query(Long.class)
                .single();
        jdbc.sql("ALTER SEQUENCE BATCH_" + key + "_SEQ RESTART WITH " + next).update();
    }

    /** Forgets the executions of a job that is gone. */
    @EventListener
    void forget(JobEvent.JobDeleted deleted) {
        try {
            transaction.executeWithoutResult(status -> forget(deleted.id()));
        } catch (DataAccessException e) {
            log.warn(
                    "executions of the deleted job {} stay in Spring Batch's tables: {}", deleted.id(), e.getMessage());
        }
    }

    private void forget(JobId job) {
        List<Long> executions = jdbc.sql("SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION_PARAMS"
                        + " WHERE PARAMETER_VALUE = :job AND PARAMETER_NAME = '" + JobRuns.JOB_PARAMETER + "'")
                .param("job", job.value())
                .query(Long.class)
                .list();
        if (executions.isEmpty()) {
            return;
        }
        List<Long> instances = jdbc.sql(
                        "SELECT JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID IN (:executions)")
                .param("executions", executions)
                .query(Long.class)
                .list();
        for (String deletion : DELETIONS) {
            jdbc.sql(deletion)
                    .param(
                            deletion.contains(":executions") ? "executions" : "instances",
                            deletion.contains(":executions") ? executions : instances)
                    .update();
        }
    }
}
