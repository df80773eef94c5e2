package dev.modelmill.powerloss;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A recorded run of the service: what it did to the disk, and what it promised meanwhile.
 *
 * @param log what it did to the disk
 * @param promises a job each
 * @param expected results and errors by input
 * @param outputs the files that its jobs left, by name
 */
record Recording(DiskLog log, List<Promise> promises, Map<String, Expected> expected, Map<String, byte[]> outputs) {

    /** Runs the service on a folder, has it take in, run, cancel, restart and delete jobs, and stops it meanwhile. */
    static Recording of(Recorder recorder, Path disk, Path log) throws IOException {
        RecordedRun run = new RecordedRun(disk, log);
        try (ServiceProcess service = ServiceProcess.start(disk, builder -> record(recorder, builder, disk, log))) {
            run.act(service);
            service.stop();
        }
        return run.recording();
    }

    private static void record(Recorder recorder, ProcessBuilder builder, Path disk, Path log) {
        try {
            recorder.record(builder.environment(), disk, log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the log was when the first job was promised. */
    long begin() {
        return promises.stream()
                .mapToLong(each -> each.deeds().get(0).answered())
                .min()
                .orElseThrow();
    }

    /** How many jobs must be there after a cut. */
    long heldAt(long position) {
        return promises.stream().filter(each -> each.heldAt(position)).count();
    }

    /** The same promises, on another log of the same run. */
    Recording with(DiskLog other) {
        return new Recording(other, promises, expected, outputs);
    }
}
