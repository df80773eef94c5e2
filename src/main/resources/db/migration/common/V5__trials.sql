-- How often a job under suspicion was tried alone since it last committed something: the next trial may take longer.
ALTER TABLE job ADD COLUMN trials INT DEFAULT 0 NOT NULL;
