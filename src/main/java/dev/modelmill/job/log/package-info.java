/** The event log of a job: what its workers, the models in them and their child processes log, numbered and kept. */
@NullMarked
package dev.modelmill.job.log;

import org.jspecify.annotations.NullMarked;
