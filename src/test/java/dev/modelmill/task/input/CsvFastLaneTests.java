package dev.modelmill.task.input;

import static dev.modelmill.task.input.TestInputs.batched;
import static dev.modelmill.task.input.TestInputs.columns;
import static dev.modelmill.task.input.TestInputs.field;
import static dev.modelmill.task.input.TestInputs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.task.bytes.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFastLaneTests {

    private static final Signature MIXED = batched(
            spec("x", ElementType.FLOAT32, columns("a", "b", "e"), 3),
            spec("d", ElementType.INT64),
            spec("f", ElementType.FLOAT64, 1));

    @TempDir
    Path folder;

    private final Random random = new Random(11);

    @Test
    void decodeGivesWhatTheGeneralWayGives() {
        StringBuilder text = new StringBuilder("a,b,id,unused,d,e,f\n");
        for (int record = 0; record < 20_000; record++) {
            int fields = random.nextInt(50) == 0 ? random.nextInt(10) : 7;
            for (int field = 0; field < fields; field++) {
                text.append(field == 0 ? "" : ",").append(cell());
            }
            text.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
        }
        // compares both ways
        List<String> tasks = TestInputs.tasks(TestInputs.csv(folder, text.toString()), MIXED);
        assertThat(tasks).anyMatch(task -> task.contains("!")).anyMatch(task -> !task.contains("!"));
    }

    @Test
    void decodeTakesTheOrdinaryRecord() {
        CsvFastLane lane = lane("a,b,id,unused,d,e,f\n");
        assertThat(decode(lane, "1,-2.5,x y,z,-7,100000001,1e300"))
                .containsExactly("0@1 \"x y\" x[1,3]=1.0,-2.5,1.0E8 d[1]=-7 f[1,1]=1.0E300");
        assertThat(decode(lane, "16777217,.5,,,9223372036854775807,-0,nan"))
                .containsExactly("0@1 \"\" x[1,3]=1.6777216E7,0.5,-0.0 d[1]=9223372036854775807 f[1,1]=NaN");
        assertThat(decode(lane, "1e3,inf,1,2,3,1.00000017881393432617187499,5"))
                .containsExactly("0@1 \"1\" x[1,3]=1000.0,Infinity,1.0000001 d[1]=3 f[1,1]=5.0");
    }

    @Test
    void decodeLeavesEveryOtherRecord() {
        CsvFastLane lane = lane("a,b,id,unused,d,e,f\n");
        for (String record : List.of(
                "",
                "1",
                "1,2,3,4,5,6",
                "1,2,3,4,5,6,7,8",
                "1,2,3,4,5,6,7,",
                "1,2,\"3\",4,5,6,7",
                "1,2,3,\"4\",5,6,7",
                "\"1\",2,3,4,5,6,7",
                " 1,2,3,4,5,6,7",
                "1,2,3,4,5,6,7 ",
                ",2,3,4,5,6,7",
                "1,2,3,4,5,6,",
                "x,2,3,4,5,6,7",
                "1,2,3,4,5.5,6,7",
                "1,2,3,4,5,1e39,7",
                "1,-,3,4,5,6,7",
                "1,.,3,4,5,6,7",
                "1,2,3,4,5,6,[7]")) {
            assertThat(decode(lane, record)).as(record).isEmpty();
        }
    }

    @Test
    void decodeReadsNothingBehindTheRecord() {
        CsvFastLane lane = lane("a,b,id,unused,d,e,f\n");
        byte[] bytes = "1,2,3,4,5,6,789".getBytes(StandardCharsets.US_ASCII);
        DecodedWindow window = new DecodedWindow(MIXED);
        window.begin(0);
        window.beginTask(1);
        assertThat(lane.decode(bytes, 0, bytes.length - 2, window)).isTrue();
        window.accept();
        assertThat(DecodedTasks.of(window).get(0)).endsWith("f[1,1]=7.0");
    }

    @Test
    void thereIsNoneWhereFieldsMustBeFoundFirst() {
        assertThat(laneOf("a\n", ',', spec("a", ElementType.STRING))).isEmpty();
        assertThat(laneOf("a,b\n", ',', spec("x", ElementType.FLOAT32, columns("b", "a"), 2)))
                .isEmpty();
        assertThat(laneOf("a\n", ',', spec("a", ElementType.FLOAT32, 64))).isEmpty();
        assertThat(laneOf("a\n", ',', spec("a", ElementType.INT8), spec("x", ElementType.INT8, field("a"))))
                .isEmpty();
        assertThat(laneOf("id\n", ',', spec("x", ElementType.INT8, field("id"))))
                .isEmpty();
        assertThat(laneOf("a\n", '.', spec("a", ElementType.FLOAT32))).isEmpty();
        assertThat(laneOf("", ',', spec("a", ElementType.FLOAT32))).isEmpty();
        assertThat(laneOf("a,b\n", ';', spec("a,b", ElementType.BOOL))).isPresent();
        assertThat(laneOf("a,b\n", ',', spec("x", ElementType.FLOAT16, -1))).isPresent();
    }

    private CsvFastLane lane(String header) {
        return laneOf(header, ',', MIXED.inputs().toArray(InputSpec[]::new)).orElseThrow();
    }

    private Optional<CsvFastLane> laneOf(String header, char delimiter, InputSpec... inputs) {
        TaskInput comma = TestInputs.csv(folder, header);
        TaskInput input = new TaskInput(comma.file(), TaskFormat.CSV, delimiter, "id", 1000);
        TaskSchema schema = TaskSchema.bind(input, batched(inputs));
        List<CsvInputReader> readers = schema.bindings().stream()
                .map(binding -> new CsvInputReader(binding, new CsvRecord(delimiter)))
                .toList();
        List<String> columns = schema.columns();
        return CsvFastLane.of(delimiter, columns.size(), columns.indexOf("id"), readers);
    }

    private static List<String> decode(CsvFastLane lane, String record) {
        byte[] bytes = ("7," + record + ",8").getBytes(StandardCharsets.US_ASCII);
        DecodedWindow window = new DecodedWindow(MIXED);
        window.begin(0);
        window.beginTask(1);
        if (!lane.decode(bytes, 2, bytes.length - 2, window)) {
            ByteBuilder ids = window.id();
            assertThat(ids.length()).isZero();
            return List.of();
        }
        window.accept();
        return DecodedTasks.of(window);
    }

    private String cell() {
        return switch (random.nextInt(40)) {
            case 0 -> "";
            case 1 -> " 7 ";
            case 2 -> "\"8\"";
            case 3 -> "x";
            case 4 -> "1e" + random.nextInt(45);
            case 5 -> Double.toString(random.nextGaussian());
            case 6 -> "-" + random.nextInt(100);
            case 7 -> Long.toString(random.nextLong());
            case 8 -> "\"a\n\"\"\"";
            case 9 -> "[1]";
            case 10 -> "nan";
            case 11, 12, 13, 14, 15, 16 -> String.format(Locale.ROOT, "%.0f", random.nextDouble() * 1e10);
            default -> Integer.toString(random.nextInt(300));
        };
    }
}
