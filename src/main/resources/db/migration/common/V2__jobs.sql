-- Times are milliseconds since 1970 in UTC.

CREATE TABLE job (
    id              VARCHAR(26)  NOT NULL PRIMARY KEY,
    owner           VARCHAR(36)  NOT NULL, -- the data folder whose service runs it
    status          VARCHAR(24)  NOT NULL,
    model           VARCHAR(64)  NOT NULL,
    model_version   VARCHAR(20)  NOT NULL,
    model_digest    VARCHAR(80),
    priority        INT          NOT NULL,
    created_at      BIGINT       NOT NULL,
    started_at      BIGINT,
    finished_at     BIGINT,
    request         TEXT         NOT NULL, -- the JSON as it was asked for
    labels          TEXT         NOT NULL, -- a JSON object of strings
    search_text     VARCHAR(4000) NOT NULL, -- what GET /jobs?text= looks into, in lower case
    input           TEXT         NOT NULL, -- a JSON object: where the tasks are and how to read them
    batch_size      INT,
    restarts        INT          NOT NULL,
    runs            INT          NOT NULL, -- how often it began to run, counted before it does
    total           BIGINT,                -- all tasks; null until the plan is made
    workers         TEXT,                  -- the workers that served it, as JSON, once it has ended
    error_code      VARCHAR(32),
    error_detail    VARCHAR(4000)
);

CREATE INDEX job_status ON job (status, priority, id);
CREATE INDEX job_model ON job (model, id);

-- The plan of a job and the only truth about its partitions: files that no row names do not count.
CREATE TABLE job_partition (
    job_id          VARCHAR(26)  NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    number          INT          NOT NULL,
    first_task      BIGINT       NOT NULL,
    tasks           BIGINT       NOT NULL,
    byte_offset     BIGINT       NOT NULL, -- where its records begin in the plain input
    byte_length     BIGINT       NOT NULL,
    first_line      BIGINT       NOT NULL,
    input_crc       INT          NOT NULL, -- CRC32C of these bytes
    state           VARCHAR(8)   NOT NULL, -- waiting, running, done, failed
    attempts        INT          NOT NULL, -- also the number in the names of its part files
    worker          VARCHAR(80),           -- the worker of its last run
    -- the checkpoint: what is committed of it
    tasks_done      BIGINT       NOT NULL,
    bytes_done      BIGINT       NOT NULL,
    lines_done      BIGINT       NOT NULL,
    read_crc        INT          NOT NULL, -- CRC32C of the bytes read so far
    succeeded       BIGINT       NOT NULL,
    failed          BIGINT       NOT NULL,
    failed_first    INT          NOT NULL, -- failed tasks among the first 100 of the job
    results_length  BIGINT       NOT NULL,
    results_crc     INT          NOT NULL,
    errors_length   BIGINT       NOT NULL,
    errors_crc      INT          NOT NULL,
    PRIMARY KEY (job_id, number)
);
