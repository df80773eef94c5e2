/**
 * The folder that holds the models: which models and versions there are, what their {@code model.yml} says, when they
 * change.
 *
 * <p>{@link dev.modelmill.model.repository.ModelRepository} reads it, a watcher makes it look again every second. Knows the
 * runtimes only as {@link dev.modelmill.model.ModelRuntime}.
 */
@NullMarked
package dev.modelmill.model.repository;

import org.jspecify.annotations.NullMarked;
