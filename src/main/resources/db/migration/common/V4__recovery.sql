-- Runs of a job that began and are not known to have harmed nobody: counted before a run, 0 again with its first commit.
ALTER TABLE job ADD COLUMN unproven_runs INT DEFAULT 0 NOT NULL;

-- The attempt whose part files hold what is committed: the last one, or one before it while that one has committed nothing.
ALTER TABLE job_partition ADD COLUMN files_attempt INT DEFAULT 0 NOT NULL;
UPDATE job_partition SET files_attempt = attempts;

-- Finds the executions of a job that is deleted.
CREATE INDEX BATCH_JOB_EXECUTION_PARAMS_VALUE ON BATCH_JOB_EXECUTION_PARAMS (PARAMETER_VALUE);
