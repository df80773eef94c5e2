package dev.modelmill.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.powerloss.DiskRecord.Op;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes off at random moments of a recorded run of the real jar, and pages and names that were not forced are
 * lost by chance: what a 202 promised is there, parts that are done are whole. {@code powerloss.cuts} says how many
 * cuts, {@code powerloss.seed} repeats them; a run is recorded anew each time, so positions differ.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(3)
class PowerLossProcessTests {

    private static final int CUTS = Integer.getInteger("powerloss.cuts", 8);
    private static final long SEED = Long.getLong("powerloss.seed", System.nanoTime());

    private final Path work = Path.of("target", "powerloss").toAbsolutePath();
    private final Path disk = work.resolve("disk");
    private Recording recording;

    /** What a service would leave that did not force as it should. */
    enum Negligence {
        NO_FORCE(made -> true),
        NO_FORCE_OF_FOLDERS(DiskLog.Made::folder);

        private final Predicate<DiskLog.Made> unforced;

        Negligence(Predicate<DiskLog.Made> unforced) {
            this.unforced = unforced;
        }
    }

    @BeforeAll
    void record() throws Exception {
        Recorder recorder = Recorder.compile();
        FolderContent.remove(work);
        recording = Recording.of(recorder, disk, work.resolve("log"));
        Files.move(disk, work.resolve("recorded"));
    }

    @Test
    void recordingWhenNothingIsLostGivesTheDiskThatThereWas() throws IOException {
        assertThat(recording.log().count(Op.MAP)).isZero();
        Path replayed = work.resolve("replayed");
        recording.log().at(Long.MAX_VALUE).lose(new Loss(Loss.Mode.KEPT, 0)).writeTo(replayed);
        assertThat(FolderContent.of(replayed)).isEqualTo(FolderContent.of(work.resolve("recorded")));
    }

    /** The database loses nothing here, so that every row that says DONE is held against its files. */
    @Test
    void partsThatAreDoneAreWholeAfterALossOfPower() throws IOException {
        List<CutReport> reports = checkDisks(recording.log());
        assertThat(reports).as("seed " + SEED).flatMap(CutReport::faults).isEmpty();
        assertThat(reports.stream().mapToLong(CutReport::parts).sum()).isPositive();
    }

    /** The control of the test above. */
    @Test
    void partsThatAreDoneWhenTheServiceDidNotForceThemAreFoundOut() throws IOException {
        DiskLog neglected =
                recording.log().withoutForcesOf(made -> made.path().getParent().endsWith("parts"));
        assertThat(checkDisks(neglected))
                .flatMap(CutReport::faults)
                .anyMatch(each -> each.contains("a part that is DONE is not whole"));
    }

    private List<CutReport> checkDisks(DiskLog log) throws IOException {
        Recording changed = recording.with(log.withForcesOf(disk.resolve("data").resolve("modelmill.mv.db")));
        CutCheck check = new CutCheck(changed, disk, work);
        List<CutReport> reports = new ArrayList<>();
        for (PowerCut cut : PowerCut.cuts(changed, 5 * CUTS, SEED)) {
            reports.add(check.checkDisk(cut));
        }
        return reports;
    }

    @Test
    void startAfterALossOfPowerKeepsEveryPromise() throws IOException {
        List<CutReport> reports = new ArrayList<>();
        CutCheck check = new CutCheck(recording, disk, work);
        for (PowerCut cut : PowerCut.cuts(recording, CUTS, SEED)) {
            reports.add(check.check(cut));
        }
        String table = "seed " + SEED + "\n" + CutReport.table(reports);
        System.out.println(table);
        Files.writeString(work.resolve("report.txt"), table);
        assertThat(reports).as("seed " + SEED).flatMap(CutReport::faults).isEmpty();
    }

    /** The control: were this not found, the test above would prove nothing. */
    @ParameterizedTest
    @EnumSource
    void startAfterALossOfPowerWhenTheServiceDidNotForceIsFoundOut(Negligence negligence) throws IOException {
        Recording neglected = recording.with(recording.log().withoutForcesOf(negligence.unforced));
        PowerCut atTheEnd = new PowerCut(1000 + negligence.ordinal(), Long.MAX_VALUE, Loss.Mode.DROPPED, SEED);
        CutReport report = new CutCheck(neglected, disk, work).check(atTheEnd);
        assertThat(report.faults()).as(CutReport.table(List.of(report))).anyMatch(each -> each.endsWith(" is lost"));
    }
}
