-- The key of a submission that may be sent again, and the digest of what came with it.
ALTER TABLE job ADD COLUMN idempotency_key VARCHAR(255);
ALTER TABLE job ADD COLUMN request_digest VARCHAR(64);

CREATE UNIQUE INDEX job_idempotency ON job (owner, idempotency_key);
CREATE INDEX job_finished ON job (owner, finished_at);
