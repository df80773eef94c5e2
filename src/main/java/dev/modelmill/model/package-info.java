/**
 * The model repository, what a model takes and gives, and the runtimes that run one.
 *
 * <p>The lowest room: it knows neither workers, files of tasks nor jobs, and imports from no other package of ours. A
 * runtime ({@link dev.modelmill.model.ModelRuntime}) turns a {@link dev.modelmill.model.ModelVersion} into a
 * {@link dev.modelmill.model.LoadedModel}, which opens one {@link dev.modelmill.model.ModelInstance} per worker.
 */
@NullMarked
package dev.modelmill.model;

import org.jspecify.annotations.NullMarked;
