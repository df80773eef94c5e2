package dev.modelmill.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a loss of power may take, by a few calls each. */
class DiskTests {

    private static final String PAGE = "a".repeat(4096);

    /** All that is left over many losses. */
    private static Set<Map<String, String>> outcomes(Supplier<DiskScript> script) {
        Set<Map<String, String>> outcomes = new HashSet<>();
        for (int seed = 0; seed < 500; seed++) {
            outcomes.add(script.get().lose(Loss.Mode.RANDOM, seed));
        }
        return outcomes;
    }

    private static DiskScript written() {
        return new DiskScript().create("f").write("f", 0, "text");
    }

    @Test
    void loseWhenNothingIsForcedMayTakeEverything() {
        assertThat(written().dropped()).isEmpty();
        assertThat(written().kept()).containsExactly(Map.entry("f", "text"));
    }

    @Test
    void loseWhenOnlyTheFileIsForcedMayTakeItsName() {
        assertThat(outcomes(() -> written().force("f"))).containsExactlyInAnyOrder(Map.of(), Map.of("f", "text"));
    }

    @Test
    void loseWhenOnlyTheFolderIsForcedMayTakeTheContent() {
        assertThat(outcomes(() -> written().force("")))
                .contains(Map.of("f", ""), Map.of("f", "text"))
                .allMatch(left -> left.containsKey("f"));
    }

    @Test
    void loseWhenFileAndFolderAreForcedTakesNothing() {
        assertThat(outcomes(() -> written().force("f").force(""))).containsExactly(Map.of("f", "text"));
    }

    @Test
    void loseWhenARenameIsForcedButNotTheFileMayLeaveItEmpty() {
        assertThat(written().rename("f", "g").force("").dropped()).containsExactly(Map.entry("g", ""));
    }

    @Test
    void loseWhenARenameIsNotForcedLeavesTheOldNameOrTheNew() {
        assertThat(outcomes(() -> written().force("f").force("").rename("f", "g")))
                .containsExactlyInAnyOrder(Map.of("f", "text"), Map.of("g", "text"));
    }

    @Test
    void loseWhenARenameReplacesAFileLeavesOneOfTheTwo() {
        assertThat(outcomes(() -> written().create("g").force("f").force("").rename("f", "g")))
                .containsExactlyInAnyOrder(Map.of("f", "text", "g", ""), Map.of("g", "text"));
    }

    @Test
    void loseWhenARenameGoesFromFolderToFolderTakesItWholly() {
        Supplier<DiskScript> moved = () -> new DiskScript()
                .mkdir("a")
                .mkdir("b")
                .create("a/f")
                .force("")
                .force("a")
                .rename("a/f", "b/f");
        assertThat(outcomes(moved)).containsExactlyInAnyOrder(Map.of("a/f", ""), Map.of("b/f", ""));
        assertThat(moved.get().force("b").dropped()).containsOnlyKeys("b/f");
    }

    @Test
    void loseWhenAFolderIsNotForcedIntoItsParentMayTakeAllInIt() {
        DiskScript inner = new DiskScript().mkdir("a").create("a/f").write("a/f", 0, "text");
        assertThat(inner.force("a/f").force("a").dropped()).isEmpty();
    }

    @Test
    void loseKeepsTheChangesOfAFolderFromTheOldestOn() {
        assertThat(outcomes(() -> new DiskScript().create("f").create("g").unlink("f")))
                .containsExactlyInAnyOrder(Map.of(), Map.of("f", ""), Map.of("f", "", "g", ""), Map.of("g", ""));
    }

    @Test
    void loseWhenAnUnlinkIsNotForcedMayBringTheFileBack() {
        assertThat(outcomes(() -> written().force("f").force("").unlink("f")))
                .containsExactlyInAnyOrder(Map.of(), Map.of("f", "text"));
    }

    @Test
    void loseTakesTheContentOfAFileUnderBothOfItsNames() {
        assertThat(written().link("f", "g").force("").dropped())
                .containsExactly(Map.entry("f", ""), Map.entry("g", ""));
        assertThat(written().link("f", "g").force("").force("f").dropped())
                .containsExactly(Map.entry("f", "text"), Map.entry("g", "text"));
    }

    @Test
    void loseTakesPagesByThemselves() {
        Set<Map<String, String>> left =
                outcomes(() -> new DiskScript().create("f").force("").write("f", 0, PAGE + PAGE + PAGE));
        String hole = "\0".repeat(4096);
        assertThat(left).contains(Map.of("f", PAGE + hole + PAGE), Map.of("f", hole + PAGE + hole));
    }

    @Test
    void loseMayTearAPage() {
        Set<Integer> sectorsLeft = new HashSet<>();
        for (int seed = 0; seed < 5_000; seed++) {
            DiskScript script = new DiskScript()
                    .create("f")
                    .resize("f", 4096)
                    .force("f")
                    .force("")
                    .write("f", 0, PAGE);
            String left = script.lose(Loss.Mode.RANDOM, seed).get("f");
            assertThat(left).hasSize(4096);
            sectorsLeft.add((int) left.chars().filter(each -> each == 'a').count() / 512);
        }
        assertThat(sectorsLeft).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void loseMayLeaveAPageAsItWasInBetween() {
        Supplier<DiskScript> twice =
                () -> written().force("f").force("").write("f", 0, "next").write("f", 0, "last");
        assertThat(outcomes(twice)).contains(Map.of("f", "text"), Map.of("f", "next"), Map.of("f", "last"));
    }

    @Test
    void loseWhenAFileWasCutMayBringItsEndBack() {
        assertThat(outcomes(() -> written().force("f").force("").resize("f", 1)))
                .contains(Map.of("f", "text"), Map.of("f", "t"));
    }

    @Test
    void loseWithTheSameSeedLeavesTheSame() {
        Supplier<DiskScript> script = () -> written().create("g").write("g", 5, PAGE);
        assertThat(script.get().lose(Loss.Mode.RANDOM, 7))
                .isEqualTo(script.get().lose(Loss.Mode.RANDOM, 7));
    }
}
