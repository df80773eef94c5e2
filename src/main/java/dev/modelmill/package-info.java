/** Modelmill runs a heavy model over a large set of tasks on a small number of reusable workers. */
@NullMarked
package dev.modelmill;

import org.jspecify.annotations.NullMarked;
