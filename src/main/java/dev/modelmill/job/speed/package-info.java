/**
 * How fast models are on this machine, and at which batch size: measured once, kept in the data folder, shown to users.
 *
 * <p>May use {@code job.store} and the rooms below.
 */
@NullMarked
package dev.modelmill.job.speed;

import org.jspecify.annotations.NullMarked;
