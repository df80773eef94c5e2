/** Growing byte arrays and JSON text in them: what reading tasks and writing results share. */
@NullMarked
package dev.modelmill.task.bytes;

import org.jspecify.annotations.NullMarked;
