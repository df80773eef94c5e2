/**
 * The runtime {@code onnx}: models run by ONNX Runtime in this process, one session a model, shared by its workers.
 *
 * <p>Everything native stays in here: values go in and come out as the buffers of {@link dev.modelmill.model.Tensor}.
 */
@NullMarked
package dev.modelmill.model.onnx;

import org.jspecify.annotations.NullMarked;
