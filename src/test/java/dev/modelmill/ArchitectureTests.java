package dev.modelmill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The order of the rooms: each imports only from those below it, never sideways. */
class ArchitectureTests {

    private static final String BASE = "dev.modelmill";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    /** Siblings at the top: deleting one leaves the rest compiling. */
    static final List<String> SIBLINGS = List.of("api", "cli", "stream", "metrics");

    /** All rooms, from the top down; the siblings share the first rank. */
    private static final List<String> DOWNWARD = List.of("execution", "job", "task", "worker", "model");

    static final List<ArchRule> RULES = List.of(
            slices().matching(BASE + ".(**)").should().beFreeOfCycles(),
            onlyFromAbove(),
            noClasses()
                    .that()
                    .resideOutsideOfPackage(BASE + ".execution..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework.batch.."),
            orderWithin("job.intake", "job.store", "job.log"),
            orderWithin("job.intake", "job.store", "job.owner"),
            orderWithin("job.store", "job.owner", "job"),
            orderWithin("job.speed", "job.store"),
            orderWithin("task", "task.output", "task.bytes"),
            orderWithin("task", "task.input", "task.bytes"),
            orderWithin("worker.pool", "worker"),
            orderWithin("model.onnx", "model"),
            orderWithin("model.repository", "model"));

    @ParameterizedTest
    @FieldSource("RULES")
    void roomsImportOnlyFromBelow(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("SIBLINGS")
    void siblingsDoNotKnowEachOther(String sibling) {
        String[] others = SIBLINGS.stream()
                .filter(each -> !each.equals(sibling))
                .map(each -> BASE + "." + each + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(BASE + "." + sibling + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClassIsInARoomThatIsKnownHere() {
        assertThat(CLASSES)
                .extracting(each -> room(each.getPackageName()))
                .allMatch(room -> room.isEmpty() || SIBLINGS.contains(room) || DOWNWARD.contains(room));
    }

    @Test
    void theBasePackageHoldsTheMainClassAlone() {
        assertThat(CLASSES)
                .filteredOn(each -> each.getPackageName().equals(BASE))
                .extracting(each -> each.getSimpleName())
                .containsOnly("Modelmill", "package-info");
    }

    private static String room(String packageName) {
        String inner = packageName.substring(BASE.length());
        return inner.isEmpty() ? "" : inner.substring(1).split("\\.")[0];
    }

    private static ArchRule onlyFromAbove() {
        var rule = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        rule = rule.layer("main").definedBy(BASE);
        for (String room : SIBLINGS) {
            rule = rule.layer(room).definedBy(BASE + "." + room + "..");
        }
        for (String room : DOWNWARD) {
            rule = rule.layer(room).definedBy(BASE + "." + room + "..");
        }
        List<String> above = new ArrayList<>(SIBLINGS);
        for (String room : SIBLINGS) {
            rule = rule.whereLayer(room).mayOnlyBeAccessedByLayers("main");
        }
        for (String room : DOWNWARD) {
            rule = rule.whereLayer(room).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
            above.add(room);
        }
        return rule;
    }

    /** No package of the list knows one before it. */
    private static ArchRule orderWithin(String... packages) {
        var rule = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        List<String> above = new ArrayList<>();
        for (String each : packages) {
            rule = rule.layer(each).definedBy(BASE + "." + each);
        }
        for (String each : packages) {
            rule = above.isEmpty()
                    ? rule.whereLayer(each).mayNotBeAccessedByAnyLayer()
                    : rule.whereLayer(each).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
            above.add(each);
        }
        return rule;
    }
}
