package dev.modelmill.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the tasks of a window according to the contract, worked out level by level on lists, with nothing of the
 * code that it judges. Outcomes are {@code ok} or {@code timeout 5}: the code and the number of attempts.
 */
final class PoisonOracle {

    private final List<PoisonTask> window;
    private final String[] outcomes;
    private final int[] attempts;
    private int row;
    private String lastFailure = "";

    private PoisonOracle(List<PoisonTask> window) {
        this.window = window;
        this.outcomes = new String[window.size()];
        this.attempts = new int[window.size()];
    }

    static List<String> outcomes(List<PoisonTask> window) {
        PoisonOracle oracle = new PoisonOracle(window);
        oracle.decide();
        return Arrays.asList(oracle.outcomes);
    }

    private void decide() {
        Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
        for (int task = 0; task < window.size(); task++) {
            if (window.get(task).kind() == PoisonTask.Kind.INVALID) {
                outcomes[task] = "invalid_task 1";
            } else {
                groups.computeIfAbsent(window.get(task).length(), length -> new ArrayList<>())
                        .add(task);
            }
        }
        groups.values().forEach(this::group);
    }

    private void group(List<Integer> tasks) {
        List<List<Integer>> level = List.of(tasks);
        for (boolean whole = true; !level.isEmpty(); whole = false) {
            List<List<Integer>> next = new ArrayList<>();
            for (List<Integer> call : level) {
                next.addAll(suspectsLeft(call, whole));
            }
            level = next;
        }
    }

    /** Calls some tasks; the halves to look at next, if there are any. */
    private Collection<List<Integer>> suspectsLeft(List<Integer> call, boolean whole) {
        if (row >= 3) {
            call.forEach(task -> outcomes[task] = lastFailure + " " + Math.max(1, attempts[task]));
            return List.of();
        }
        PoisonTask.Kind kind = call.stream()
                .map(task -> window.get(task).kind())
                .filter(each -> each != PoisonTask.Kind.FINE)
                .findFirst()
                .orElse(PoisonTask.Kind.FINE);
        call.forEach(task -> attempts[task] += whole && kind.silent() ? 2 : 1);
        if (kind == PoisonTask.Kind.FINE) {
            row = 0;
            call.forEach(task -> outcomes[task] = "ok");
            return List.of();
        }
        if (kind.silent()) {
            row++;
            lastFailure = kind.code();
        }
        if (call.size() == 1) {
            outcomes[call.get(0)] = kind.code() + " " + attempts[call.get(0)];
            return List.of();
        }
        int middle = call.size() / 2;
        return List.of(call.subList(0, middle), call.subList(middle, call.size()));
    }
}
