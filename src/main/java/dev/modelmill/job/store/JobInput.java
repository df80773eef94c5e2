package dev.modelmill.job.store;

import dev.modelmill.task.input.TaskFormat;

/**
 * Where the tasks of a job are and how to read them, as it is kept.
 *
 * @param file an absolute path, or the name of a file in the job's folder
 * @param own whether the file is in the job's folder, where nobody changes it
 * @param compressed whether it must be written out plain before it is read
 * @param format how the tasks are written
 * @param delimiter between the fields of CSV
 * @param idField the field or column that holds a task's id
 * @param size its size in bytes when the job was taken in
 * @param modified its time of change then, in milliseconds since 1970
 */
public record JobInput(
        String file,
        boolean own,
        boolean compressed,
        TaskFormat format,
        char delimiter,
        String idField,
        long size,
        long modified) {

    /** The same file, changed since. */
    JobInput changedTo(long newSize, long newModified) {
        return new JobInput(file, own, compressed, format, delimiter, idField, newSize, newModified);
    }
}
