/**
 * One service owns a data folder and its database at a time. A second one waits, says so to whoever asks, and then refuses;
 * a database file that does not open is set aside.
 *
 * <p>May use {@code job} and the rooms below; is done before the database is first used.
 */
@NullMarked
package dev.modelmill.job.owner;

import org.jspecify.annotations.NullMarked;
