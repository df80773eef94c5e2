package dev.modelmill.crash;

/**
 * The points at which the harness lets the service die, each at the entry or the normal exit of one method. A method that
 * is renamed makes the tests fail, not pass.
 */
enum Failpoint {
    UPLOAD_STAGED(Drive.UPLOAD, "job.intake.JobIntake", "submit", When.ENTRY, 1),
    INPUT_MOVED(Drive.UPLOAD, "job.store.DataFolder", "force", When.ENTRY, 1),
    JOB_JSON_WRITTEN(Drive.UPLOAD, "job.store.JobPapers", "describe", When.EXIT, 1),
    FOLDER_IN_PLACE(Drive.UPLOAD, "job.store.JobRows", "insert", When.ENTRY, 1),
    ROW_INSERTED(Drive.UPLOAD, "job.store.JobRows", "insert", When.EXIT, 1),
    SUBMIT_BEFORE_ANSWER(Drive.UPLOAD, "job.intake.JobIntake", "submit", When.EXIT, 1),
    RUN_COUNTED(Drive.RUN, "job.store.JobRows", "start", When.EXIT, 1),
    PLAN_STORED(Drive.RUN, "execution.PlanTasklet", "plan", When.EXIT, 1),
    PLAN_COMMITTED(Drive.RUN, "execution.WorkerPartitionHandler", "handle", When.ENTRY, 1),
    ATTEMPT_BEGUN(Drive.RUN, "job.store.PartitionRows", "begin", When.EXIT, 2),
    RUN_WRITTEN(Drive.RUN, "job.store.PartitionRows", "commit", When.ENTRY, 3),
    RUN_COMMITTED(Drive.RUN, "execution.JobRun", "committed", When.ENTRY, 3),
    PART_FORCED(Drive.RUN, "task.output.PartWriter", "force", When.EXIT, 2),
    ROW_DONE(Drive.RUN, "execution.PartitionTasklet", "close", When.ENTRY, 2),
    OUTPUT_WRITTEN(Drive.RUN, "task.output.OutputFile", "prepare", When.EXIT, 2),
    FIRST_OUTPUT_RENAMED(Drive.RUN, "task.output.OutputFile", "publish", When.EXIT, 1),
    OUTPUT_RENAMED(Drive.RUN, "task.output.OutputFile", "publishAll", When.EXIT, 1),
    END_BEFORE_COMMIT(Drive.RUN, "job.store.JobRows", "end", When.EXIT, 1),
    END_COMMITTED(Drive.RUN, "execution.RunEnd", "after", When.ENTRY, 1),
    END_WRITTEN(Drive.RUN, "job.store.Endings", "write", When.EXIT, 1),
    CANCEL_MARKED(Drive.CANCEL, "job.store.JobPapers", "markCancelled", When.EXIT, 1),
    CANCEL_STORED(Drive.CANCEL, "job.store.JobRows", "cancel", When.EXIT, 1),
    CANCEL_BEFORE_ANSWER(Drive.CANCEL, "job.store.InferenceJobs", "cancel", When.EXIT, 1),
    DELETE_RENAMED(Drive.DELETE, "job.store.DataFolder", "hide", When.EXIT, 1),
    DELETE_HALF_REMOVED(Drive.DELETE, "job.store.DataFolder", "removeTree", When.HALF, 1),
    DELETE_ROWS_GONE(Drive.DELETE, "job.store.PromiseRows", "forget", When.EXIT, 1),
    DELETE_COMMITTED(Drive.DELETE, "job.store.Deletion", "finish", When.ENTRY, 1),
    RESTART_PREPARED(Drive.RESTART, "job.store.PromiseRows", "restart", When.ENTRY, 1),
    RESTART_STORED(Drive.RESTART, "job.store.PromiseRows", "restart", When.EXIT, 1),
    RESTART_BEFORE_ANSWER(Drive.RESTART, "job.store.InferenceJobs", "restart", When.EXIT, 1);

    /** What the harness does so that the service passes the point. */
    enum Drive {
        UPLOAD,
        RUN,
        CANCEL,
        DELETE,
        RESTART
    }

    /** Where in the method the point is; HALF is the entry, after half of the tree that is its argument was removed. */
    enum When {
        ENTRY,
        EXIT,
        HALF
    }

    private final Drive drive;
    private final String type;
    private final String method;
    private final When when;
    private final int pass;

    Failpoint(Drive drive, String type, String method, When when, int pass) {
        this.drive = drive;
        this.type = "dev.modelmill." + type;
        this.method = method;
        this.when = when;
        this.pass = pass;
    }

    Drive drive() {
        return drive;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    When when() {
        return when;
    }

    /** At which pass, counted from when the point is armed, the service dies. */
    int pass() {
        return pass;
    }
}
