package dev.modelmill.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.task.PoisonTask.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows with tasks at fault: who fails, in how many calls, and that nobody else does. */
class PoisonTests {

    private static final int SEEDS = 100;

    @TempDir
    Path folder;

    @Test
    void taskAloneAtFaultFailsAfterFiveAttemptsOfEight() throws IOException {
        PoisonedPartition partition = partition(8, oneOf(8, 2, Kind.HANGING));
        assertThat(partition.outcomes()).containsExactly("ok", "ok", "timeout 5", "ok", "ok", "ok", "ok", "ok");
        assertThat(partition.freshWorkers()).isEqualTo(5);
        assertThat(partition.calls()).startsWith("0 1 2 3 4 5 6 7", "0 1 2 3 4 5 6 7", "0 1 2 3", "4 5 6 7", "0 1");
    }

    @Test
    void modelThatAlwaysHangsIsGivenUpAfterFourCalls() throws IOException {
        PoisonedPartition partition = partition(8, Collections.nCopies(8, new PoisonTask(Kind.HANGING, 1)));
        assertThat(partition.outcomes()).containsOnly("timeout 3");
        assertThat(partition.calls()).containsExactly("0 1 2 3 4 5 6 7", "0 1 2 3 4 5 6 7", "0 1 2 3", "4 5 6 7");
    }

    @Test
    void refusalIsHalvedAtOnceAndHalvesAreCalledOnce() throws IOException {
        PoisonedPartition partition = partition(4, oneOf(4, 3, Kind.REFUSED));
        assertThat(partition.outcomes()).containsExactly("ok", "ok", "ok", "model_error 3");
        assertThat(partition.calls()).containsExactly("0 1 2 3", "0 1", "2 3", "2", "3");
        assertThat(partition.freshWorkers()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"HANGING", "CRASHING", "STUBBORN", "REFUSED"})
    void singleTaskAtFaultAnywhereFailsAlone(Kind kind) throws IOException {
        for (int size : new int[] {1, 2, 3, 8, 13}) {
            for (int at = 0; at < size; at++) {
                PoisonedPartition partition = partition(size, oneOf(size, at, kind));
                List<String> outcomes = partition.outcomes();
                assertThat(outcomes.get(at)).startsWith(kind.code());
                assertThat(outcomes).filteredOn("ok"::equals).hasSize(size - 1);
                int depth = 32 - Integer.numberOfLeadingZeros(size - 1);
                int repeated = kind.silent() ? (depth + 1) * (depth + 2) / 2 : 0;
                assertThat(partition.calls()).hasSizeLessThanOrEqualTo(2 * depth + 2 + repeated);
            }
        }
    }

    @Test
    void stubbornTaskManyWindowsAfterTheLastCommitIsFoundAllTheSame() throws IOException {
        PoisonedPartition partition = partition(4, oneOf(24, 18, Kind.STUBBORN));
        List<String> outcomes = partition.outcomes();
        assertThat(outcomes.get(18)).isEqualTo("timeout 4");
        assertThat(outcomes).filteredOn("ok"::equals).hasSize(23);
        assertThat(partition.freshWorkers()).isEqualTo(4);
    }

    @Test
    void outcomesAreThoseOfTheContractForRandomWindows() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int batchSize = 1 + random.nextInt(64);
            List<PoisonTask> tasks = random(random, 1 + random.nextInt(2 * batchSize));
            List<String> expected = new ArrayList<>();
            for (int from = 0; from < tasks.size(); from += batchSize) {
                expected.addAll(PoisonOracle.outcomes(tasks.subList(from, Math.min(tasks.size(), from + batchSize))));
            }
            PoisonedPartition partition = partition(batchSize, tasks);
            assertThat(partition.outcomes()).as("seed %d", seed).isEqualTo(expected);
            assertThat(partition.calls())
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo((partition.freshWorkers() + 1) * 2 * tasks.size());
        }
    }

    /** Tasks of a few lengths, some of them at fault: from none to all, of one kind or of several. */
    private static List<PoisonTask> random(Random random, int size) {
        double share = Math.pow(random.nextDouble(), 4);
        int lengths = 1 + random.nextInt(3);
        Kind only = random.nextBoolean() ? null : Kind.values()[random.nextInt(Kind.values().length)];
        List<PoisonTask> tasks = new ArrayList<>();
        for (int task = 0; task < size; task++) {
            Kind kind = only == null ? Kind.values()[random.nextInt(Kind.values().length)] : only;
            tasks.add(new PoisonTask(random.nextDouble() < share ? kind : Kind.FINE, 1 + random.nextInt(lengths)));
        }
        return tasks;
    }

    private static List<PoisonTask> oneOf(int size, int at, Kind kind) {
        return IntStream.range(0, size)
                .mapToObj(task -> new PoisonTask(task == at ? kind : Kind.FINE, 1))
                .toList();
    }

    private PoisonedPartition partition(int batchSize, List<PoisonTask> tasks) {
        return new PoisonedPartition(folder, batchSize, tasks);
    }
}
