package dev.modelmill.job.intake;

import dev.modelmill.job.Job;

/**
 * What became of a submission.
 *
 * @param job the job, on the disk and in the database
 * @param before whether it had been taken in before, under the same key
 */
public record TakenIn(Job job, boolean before) {}
