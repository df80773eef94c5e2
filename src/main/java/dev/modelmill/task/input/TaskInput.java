package dev.modelmill.task.input;

import java.nio.file.Path;

/**
 * A plain (not compressed) file of tasks and how to read it.
 *
 * @param file the file
 * @param format how its tasks are written
 * @param delimiter the character between the fields of CSV, one ASCII byte
 * @param idField the field or column that holds a task's id
 * @param maxTaskSize most bytes of one record; a larger one is a failed task that is skipped without being held
 */
public record TaskInput(Path file, TaskFormat format, char delimiter, String idField, int maxTaskSize) {}
