package dev.modelmill.powerloss;

import dev.modelmill.powerloss.Promise.Outcome;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Cuts the power, starts the service on what is left of the disk, and holds it to what was promised before the cut. Every
 * disk is written to the same folder, the one that was recorded. Confined to one thread.
 */
final class CutCheck {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Recording recording;
    private final Path disk;
    private final Path work;

    CutCheck(Recording recording, Path disk, Path work) {
        this.recording = recording;
        this.disk = disk;
        this.work = work;
    }

    /** What is found after a cut; the disk of one with faults is kept beside. */
    CutReport check(PowerCut cut) throws IOException {
        CutReport report = new CutReport(cut, recording.heldAt(cut.position()));
        write(cut, disk);
        checkDisk(report);
        try (ServiceProcess service = ServiceProcess.start(disk, builder -> {})) {
            checkService(service, report);
            if (!report.faults().isEmpty()) {
                service.keepOutput(work.resolve("service-" + cut.number() + ".txt"));
            }
        } catch (ServiceProcess.NotStartedException e) {
            Files.writeString(work.resolve("service-" + cut.number() + ".txt"), String.valueOf(e.getMessage()));
            report.fault("the service does not start");
        }
        if (!report.faults().isEmpty()) {
            write(cut, work.resolve("disk-" + cut.number()));
        }
        return report;
    }

    /** The same without a start of the service: what the disk itself shows after a cut. */
    CutReport checkDisk(PowerCut cut) throws IOException {
        CutReport report = new CutReport(cut, recording.heldAt(cut.position()));
        write(cut, disk);
        checkDisk(report);
        return report;
    }

    private void checkDisk(CutReport report) throws IOException {
        new DoneParts(disk.resolve("data"), work.resolve("copy"), report).check();
        checkOutputs(report);
    }

    private void write(PowerCut cut, Path target) throws IOException {
        FolderContent.remove(target);
        cut.of(recording.log()).writeTo(target);
    }

    /** A file that is visible under its final name is whole. */
    private void checkOutputs(CutReport report) throws IOException {
        for (String name : recording.outputs().keySet()) {
            Path file = disk.resolve("output").resolve(name);
            if (Files.exists(file)
                    && !Arrays.equals(
                            Files.readAllBytes(file), recording.outputs().get(name))) {
                report.fault("the output " + name + " is visible and not whole");
            }
        }
    }

    private void checkService(ServiceProcess service, CutReport report) throws IOException {
        long begun = System.nanoTime();
        for (Promise promise : recording.promises()) {
            try {
                checkJob(service, promise, report, begun);
            } catch (RuntimeException e) {
                report.fault(name(promise) + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
        checkList(service, report);
        checkOutputs(report);
    }

    private static String name(Promise promise) {
        return promise.order().name() + " " + promise.id();
    }

    private void checkJob(ServiceProcess service, Promise promise, CutReport report, long begun) throws IOException {
        Set<Outcome> possible = promise.possibleAt(report.cut().position());
        boolean held = promise.heldAt(report.cut().position());
        HttpResponse<byte[]> answer = ended(service, promise, begun);
        if (answer.statusCode() == 404) {
            if (held) {
                report.fault(name(promise) + " is lost");
            }
            return;
        }
        if (held) {
            report.found();
        }
        JsonNode job = ServiceProcess.JSON.readTree(answer.body());
        String status = job.get("status").stringValue();
        Outcome outcome = status.startsWith("COMPLETED")
                ? Outcome.COMPLETED
                : status.equals("CANCELLED") ? Outcome.CANCELLED : null;
        if (outcome == null || !possible.contains(outcome)) {
            report.fault(name(promise) + " is " + status + ", not " + possible + ": " + job.get("error"));
        } else {
            checkFiles(service, promise, outcome, report);
        }
        if (outcome == Outcome.COMPLETED && held) {
            checkKey(service, promise, report);
        }
    }

    /** The job once it has ended, or that it is not there. */
    private static HttpResponse<byte[]> ended(ServiceProcess service, Promise promise, long begun) {
        while (true) {
            HttpResponse<byte[]> answer = service.get("/jobs/" + promise.id());
            if (answer.statusCode() == 404 || hasEnded(answer)) {
                return answer;
            }
            service.pause(begun, LIMIT);
        }
    }

    private static boolean hasEnded(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 200
                && List.of("COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "CANCELLED")
                        .contains(ServiceProcess.JSON
                                .readTree(answer.body())
                                .get("status")
                                .stringValue());
    }

    private void checkFiles(ServiceProcess service, Promise promise, Outcome outcome, CutReport report)
            throws IOException {
        Expected expected = recording.expected().get(promise.order().input());
        byte[] results = service.get("/jobs/" + promise.id() + "/results").body();
        byte[] errors = service.get("/jobs/" + promise.id() + "/errors").body();
        boolean same = outcome == Outcome.COMPLETED
                ? Arrays.equals(results, expected.results()) && Arrays.equals(errors, expected.errors())
                : startsWith(expected.results(), results) && startsWith(expected.errors(), errors);
        if (!same) {
            report.differs(name(promise) + " is " + outcome + " with " + results.length + " and " + errors.length
                    + " bytes, not " + expected.results().length + " and " + expected.errors().length + ", or others");
        }
        String output = promise.order().output();
        if (output != null
                && outcome == Outcome.COMPLETED
                && !Files.exists(disk.resolve("output").resolve(output))) {
            report.differs(name(promise) + " is COMPLETED without its output");
        }
    }

    private static boolean startsWith(byte[] all, byte[] beginning) {
        return beginning.length <= all.length
                && Arrays.equals(all, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static void checkKey(ServiceProcess service, Promise promise, CutReport report) {
        HttpResponse<byte[]> again = service.submit(promise.order());
        String id = again.statusCode() == 200
                ? ServiceProcess.JSON.readTree(again.body()).get("id").stringValue()
                : "";
        if (!id.equals(promise.id())) {
            report.fault(name(promise) + ", asked for again under its key, is " + again.statusCode() + " " + id);
        }
    }

    /** No job is there that was never taken in, and none twice. */
    private void checkList(ServiceProcess service, CutReport report) {
        JsonNode list =
                ServiceProcess.JSON.readTree(service.get("/jobs?limit=1000").body());
        for (JsonNode job : list.get("jobs")) {
            String id = job.get("id").stringValue();
            if (recording.promises().stream().noneMatch(each -> each.id().equals(id))) {
                report.fault("a job " + id + " is there that nobody asked for");
            }
        }
    }
}
