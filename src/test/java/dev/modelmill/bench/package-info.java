/**
 * The bench: starts the real jar and measures it as its users meet it, beside the bare model in this JVM. Knows the service
 * by its HTTP interface and its files. Run by {@code bench/service}.
 */
@NullMarked
package dev.modelmill.bench;

import org.jspecify.annotations.NullMarked;
