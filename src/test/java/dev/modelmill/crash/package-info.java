/**
 * The crash harness: starts the real service as a process of its own, kills it, starts it again and compares what it then
 * gives with an undisturbed run. Knows the service by its HTTP interface and its files alone, never by its classes.
 */
@NullMarked
package dev.modelmill.crash;

import org.jspecify.annotations.NullMarked;
