/**
 * The event log of a job: what its workers, the models in them and their child processes log, numbered and kept. Knows
 * a job by its id and its folder only; imports no other package of Modelmill.
 */
@NullMarked
package dev.modelmill.job.log;

import org.jspecify.annotations.NullMarked;
