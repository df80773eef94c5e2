package dev.modelmill.job.log;

import java.io.IOException;

/**
 * How far a log goes.
 *
 * @param lines how many events it has
 * @param seq the greatest seq in use, an end of an earlier run included
 * @param bytes where the next line begins in the file
 * @param end the seq of the job's end; 0 while it has none
 */
record LogTail(long lines, long seq, long bytes, long end) {

    /** Reads a log's file, which need not exist, and notes its lines in an index. */
    static LogTail load(LogFile file, LineIndex index) throws IOException {
        Loading loading = new Loading(index);
        long bytes = file.scan(loading);
        return new LogTail(loading.lines, loading.seq, bytes, loading.end);
    }

    /** With an event more. */
    LogTail withEvent(long newSeq, long newBytes) {
        return new LogTail(lines + 1, newSeq, newBytes, end);
    }

    /** With the mark of a run, of which no end is known. */
    LogTail withRun(long newBytes) {
        return new LogTail(lines, greatestSeq(), newBytes, 0);
    }

    /** With the mark of the job's end. */
    LogTail withEnd(long newEnd, long newBytes) {
        return new LogTail(lines, seq, newBytes, newEnd);
    }

    long greatestSeq() {
        return Math.max(seq, end);
    }

    private static final class Loading implements LogFile.LineVisitor {

        private final LineIndex index;
        private long lines;
        private long seq;
        private long end;

        private Loading(LineIndex index) {
            this.index = index;
        }

        @Override
        public void line(byte[] bytes, int from, int to, long offset) {
            long found = LogFormat.seq(bytes, from, to);
            if (found >= 0) {
                index.add(found, lines++, offset);
                seq = Math.max(seq, found);
            } else if (LogFormat.isRun(bytes, from, to)) {
                seq = Math.max(seq, end);
                end = 0;
            } else {
                end = Math.max(end, LogFormat.end(bytes, from, to));
            }
        }
    }
}
