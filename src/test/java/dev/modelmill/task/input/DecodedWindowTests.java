package dev.modelmill.task.input;

import static dev.modelmill.task.input.TestInputs.batched;
import static dev.modelmill.task.input.TestInputs.jsonl;
import static dev.modelmill.task.input.TestInputs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Signature.Batching;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedWindowTests {

    private static final InputSpec NUMBERS = spec("x", ElementType.FLOAT32, 2);
    private static final InputSpec TOKENS = spec("x", ElementType.INT64, -1);
    private static final InputSpec WORDS = spec("s", ElementType.STRING, -1);

    @TempDir
    Path folder;

    @Test
    void groupsWhenAllTasksHaveOneShapeGiveOneBatchOfViews() {
        DecodedWindow window = decode(batched(NUMBERS), "{\"x\":[1,2]}", "{\"x\":[3,4]}", "{\"x\":[5,6]}");
        assertThat(window.groups()).singleElement().satisfies(group -> {
            Tensor tensor = tensor(group.batch(0, 3));
            assertThat(values(group.batch(0, 3))).isEqualTo("x[3,2]=1.0,2.0,3.0,4.0,5.0,6.0");
            assertThat(tensor.data().isDirect()).isTrue();
            assertThat(tensor.data().order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(tensor.data().position()).isZero();
            assertThat(tensor.data().remaining()).isEqualTo(24);
            assertThat(values(group.batch(1, 3))).isEqualTo("x[2,2]=3.0,4.0,5.0,6.0");
            assertThat(values(group.batch(1, 2))).isEqualTo("x[1,2]=3.0,4.0");
        });
    }

    @Test
    void groupsWhenTasksFailLeaveThemOutAndKeepTheirIndex() {
        DecodedWindow window = decode(
                batched(NUMBERS, spec("y", ElementType.STRING)),
                "{\"x\":[1,2]}",
                "{\"x\":[3,4],\"y\":\"a\"}",
                "{",
                "{\"x\":[5,6],\"y\":\"b\"}",
                "{\"x\":[7,\"a\"]}");
        assertThat(window.size()).isEqualTo(5);
        TaskGroup group = window.groups().get(0);
        assertThat(group.size()).isEqualTo(2);
        assertThat(group.task(0)).isEqualTo(1);
        assertThat(group.task(1)).isEqualTo(3);
        assertThat(values(group.batch(0, 2))).isEqualTo("x[2,2]=3.0,4.0,5.0,6.0 y[2]='a','b'");
        assertThat(window.failure(0)).isEqualTo(TaskFailure.invalid("y: missing"));
        assertThat(window.failure(1)).isNull();
        assertThat(window.failure(4)).isEqualTo(TaskFailure.invalid("x: expected a number, got the string \"a\""));
    }

    @Test
    void groupsWhenShapesDifferFollowTheirFirstAppearance() {
        DecodedWindow window = decode(
                batched(TOKENS, WORDS),
                "{\"x\":[1,2],\"s\":[\"a\"]}",
                "{\"x\":[3],\"s\":[\"b\"]}",
                "{\"x\":[4],\"s\":[\"c\",\"d\"]}",
                "{\"x\":[5,6],\"s\":[\"e\"]}",
                "{\"x\":[],\"s\":[]}",
                "{\"x\":[7,8],\"s\":[\"f\"]}",
                "{\"x\":[9],\"s\":[\"g\"]}");
        List<TaskGroup> groups = window.groups();
        assertThat(groups)
                .extracting(group -> values(group.batch(0, group.size())))
                .containsExactly(
                        "x[3,2]=1,2,5,6,7,8 s[3,1]='a','e','f'",
                        "x[2,1]=3,9 s[2,1]='b','g'",
                        "x[1,1]=4 s[1,2]='c','d'",
                        "x[1,0]= s[1,0]=");
        assertThat(groups.get(0).task(2)).isEqualTo(5);
        assertThat(values(groups.get(0).batch(1, 3))).isEqualTo("x[2,2]=5,6,7,8 s[2,1]='e','f'");
        assertThat(values(groups.get(0).batch(2, 3))).isEqualTo("x[1,2]=7,8 s[1,1]='f'");
    }

    @Test
    void groupsWhenTheModelTakesOneTaskACallHoldOneTaskEach() {
        Signature one = new Signature(List.of(NUMBERS), List.of(), Batching.ONE);
        assertThat(decode(one, "{\"x\":[1,2]}", "{}", "{\"x\":[3,4]}").groups())
                .extracting(group -> group.task(0) + " " + values(group.batch(0, 1)))
                .containsExactly("0 x[1,2]=1.0,2.0", "2 x[1,2]=3.0,4.0");
        Signature none = new Signature(List.of(NUMBERS), List.of(), Batching.NONE);
        assertThat(decode(none, "{\"x\":[1,2]}", "{\"x\":[3,4]}").groups())
                .extracting(group -> group.size() + " " + values(group.batch(0, 1)))
                .containsExactly("1 x[2]=1.0,2.0", "1 x[2]=3.0,4.0");
    }

    @Test
    void groupsOfRandomShapesHoldEveryValidTaskOnce() {
        Random random = new Random(10);
        for (int round = 0; round < 200; round++) {
            List<String> records = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int task = 0; task < 1 + random.nextInt(60); task++) {
                List<Integer> tokens =
                        random.ints(random.nextInt(4), 0, 100).boxed().toList();
                boolean valid = random.nextInt(5) > 0;
                String list = tokens.toString().replace(" ", "");
                records.add(valid ? "{\"x\":" + list + "}" : "{\"x\":[1,2,3,null]}");
                expected.add(task + "@" + (task + 1) + " null "
                        + (valid
                                ? "x[1," + tokens.size() + "]=" + list.substring(1, list.length() - 1)
                                : "!x: expected a number, got null"));
            }
            DecodedWindow window = decode(batched(TOKENS), records.toArray(String[]::new));
            assertThat(DecodedTasks.of(window)).isEqualTo(expected);
            for (TaskGroup group : window.groups()) {
                StringBuilder values = new StringBuilder();
                for (int row = 0; row < group.size(); row++) {
                    String task = expected.get(group.task(row));
                    values.append(values.isEmpty() ? "" : ",").append(task.substring(task.indexOf('=') + 1));
                }
                assertThat(values(group.batch(0, group.size())))
                        .endsWith("=" + values.toString().replaceAll("^,+$", ""));
            }
        }
    }

    @Test
    void closeForgetsTheTasksAndIsSafeTwice() {
        DecodedWindow window = decode(batched(NUMBERS), "{\"x\":[1,2]}");
        window.close();
        window.close();
        assertThat(window.size()).isZero();
        assertThat(window.groups()).isEmpty();
    }

    private DecodedWindow decode(Signature signature, String... records) {
        TaskInput input = jsonl(folder, String.join("\n", records));
        DecodedWindow window = new DecodedWindow(signature);
        try (TaskDecoder decoder = new TaskDecoder(input, TaskSchema.bind(input, signature), Include.NONE)) {
            decoder.openUncounted();
            decoder.next(window, records.length + 1);
        }
        return window;
    }

    private static Tensor tensor(TensorBatch batch) {
        return batch.inputs().get(0);
    }

    private static String values(TensorBatch batch) {
        return DecodedTasks.values(batch.inputs());
    }
}
