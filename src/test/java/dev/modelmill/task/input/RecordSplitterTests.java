package dev.modelmill.task.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSplitterTests {

    @TempDir
    Path folder;

    private final Random random = new Random(5);

    @Test
    void jsonlIsCutAtLineFeedsAlone() {
        assertThat(jsonl("{1}\n{2\r3\u0085\u2028}\r\n{4}")).containsExactly("1:{1}", "2:{2\r3\u0085\u2028}", "3:{4}");
    }

    @Test
    void jsonlWhenLinesAreBlankSkipsThemAndCountsThem() {
        assertThat(jsonl("\n \t\r\n\n{1}\n\n  \n{2}\n \n\n")).containsExactly("4:{1}", "7:{2}");
        assertThat(jsonl("")).isEmpty();
        assertThat(jsonl("\n\n \r")).isEmpty();
    }

    @Test
    void jsonlWhenItBeginsWithAByteOrderMarkSkipsIt() {
        assertThat(jsonl("\uFEFF{1}\n\uFEFF{2}")).containsExactly("1:{1}", "2:\uFEFF{2}");
    }

    @Test
    void csvIsCutAtLineBreaksOutsideOfQuotes() {
        assertThat(csv("a,b\n1,\"x\ny\"\r\n2,\"\"\"\n\"\"\"\n\"3\",4"))
                .containsExactly("2:1,\"x\ny\"", "4:2,\"\"\"\n\"\"\"", "6:\"3\",4");
    }

    @Test
    void csvWhenAQuoteStandsInsideOfAFieldTakesItAsACharacter() {
        assertThat(csv("a,b\n1\",2\n3, \"4\n\"5\"\"\",6\n\"7\"x\"\ny"))
                .containsExactly("2:1\",2", "3:3, \"4", "4:\"5\"\"\",6", "5:\"7\"x\"", "6:y");
    }

    @Test
    void csvWhenLinesAreEmptySkipsThemUnlessThereIsOneColumn() {
        assertThat(csv("\n\r\na,b\n\n1,2\r\n\r\n3,4\n\n")).containsExactly("5:1,2", "7:3,4");
        assertThat(csv("a\n\n1\r\n\r\n2\n")).containsExactly("2:", "3:1", "4:", "5:2");
    }

    @Test
    void csvWhenThereAreNoLinesHasNoTasks() {
        assertThat(csv("")).isEmpty();
        assertThat(csv("\uFEFF")).isEmpty();
        assertThat(csv("a,b")).isEmpty();
        assertThat(csv("a,b\r\n")).isEmpty();
        assertThat(csv("\uFEFFa,b\n1,2")).containsExactly("2:1,2");
    }

    @Test
    void csvWhenAQuoteNeverClosesSaysInWhichLineItOpens() {
        TaskInput input = TestInputs.csv(folder, "a,b\n1,\"x\ny\"\n2,\"z\n3,4\n5,6\n");
        for (int chunk = 1; chunk < 30; chunk++) {
            int size = chunk;
            assertThatExceptionOfType(InputUnreadableException.class)
                    .isThrownBy(() -> split(input, size))
                    .withMessageContaining("opens in line 4 never closes");
        }
    }

    @Test
    void recordsThatAreTooLargeAreTakenAsOneWhateverTheChunks() {
        String large = "x".repeat(40);
        TaskInput csv = TestInputs.csv(
                folder,
                "a,b\n1,2\n\"" + large + "\n\"\"\",\"\n" + large + "\"\r\n3,4\n" + "y".repeat(11) + "\n"
                        + "z".repeat(10) + "\r\n\"" + large + "\n",
                10);
        TaskInput jsonl = TestInputs.jsonl(
                folder,
                "{1}\n" + large + "\r\n" + " ".repeat(40) + "\n" + " ".repeat(20) + "y" + " ".repeat(20) + "\n{2}\n"
                        + "z".repeat(10) + "\r\n" + large,
                10);
        for (int chunk = 1; chunk < 60; chunk++) {
            int size = chunk;
            assertThatExceptionOfType(InputUnreadableException.class).isThrownBy(() -> split(csv, size));
            assertThat(split(jsonl, chunk))
                    .containsExactly("1:{1}", "2:too large", "4:too large", "5:{2}", "6:zzzzzzzzzz", "7:too large");
        }
        TaskInput closed = TestInputs.csv(
                folder,
                "a,b\n1,2\n\"" + large + "\n\"\"\",\"\n" + large + "\"\r\n3,4\n" + "y".repeat(11) + "\n"
                        + "z".repeat(10) + "\r\n" + large,
                10);
        for (int chunk = 1; chunk < 60; chunk++) {
            assertThat(split(closed, chunk))
                    .containsExactly("2:1,2", "3:too large", "6:3,4", "7:too large", "8:zzzzzzzzzz", "9:too large");
        }
    }

    @Test
    void csvIsCutAsFastCsvCutsItWhateverTheChunks() {
        for (int round = 0; round < 3_000; round++) {
            int columns = 1 + random.nextInt(4);
            String text = randomCsv(columns);
            TaskInput input = TestInputs.csv(folder, text);
            assertThat(fields(input, columns, 1 + random.nextInt(40))).as(text).isEqualTo(oracle(text, columns));
            input.file().toFile().delete();
        }
    }

    @Test
    void crcCoversEveryByteWhateverTheChunks() {
        for (int round = 0; round < 200; round++) {
            byte[] text =
                    ("{1}\n\n" + "x".repeat(random.nextInt(50)) + "\n{2}\n{3}\n \n").getBytes(StandardCharsets.UTF_8);
            TaskInput input = TestInputs.input(folder, TaskFormat.JSONL, text, 20);
            FileRange file = FileRange.open(input.file(), 0, FileRange.FILE_END);
            try (RecordSplitter records =
                    RecordSplitter.of(input, InputHead.read(input), file, 1, 1 + random.nextInt(20))) {
                records.next();
                assertThat(records.crc()).isEqualTo(crc(text, 0, 4));
                records.restartCrc();
                while (records.next()) {
                    assertThat(records.crc()).isEqualTo(crc(text, 4, (int) records.nextOffset()));
                }
                assertThat(records.crc()).isEqualTo(crc(text, 4, text.length));
            }
        }
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private List<String> jsonl(String text) {
        return splitInAnyChunks(TestInputs.jsonl(folder, text));
    }

    private List<String> csv(String text) {
        return splitInAnyChunks(TestInputs.csv(folder, text));
    }

    private static List<String> splitInAnyChunks(TaskInput input) {
        List<String> records = split(input, 1 << 20);
        for (int chunk = 1; chunk < 40; chunk++) {
            assertThat(split(input, chunk)).isEqualTo(records);
        }
        return records;
    }

    private static List<String> split(TaskInput input, int chunk) {
        InputHead head = InputHead.read(input);
        List<String> found = new ArrayList<>();
        FileRange file = FileRange.open(input.file(), head.offset(), FileRange.FILE_END);
        try (RecordSplitter records = RecordSplitter.of(input, head, file, head.line(), chunk)) {
            while (records.next()) {
                found.add(records.line() + ":" + (records.tooLarge() ? "too large" : text(records)));
            }
        }
        return found;
    }

    private static List<List<String>> fields(TaskInput input, int columns, int chunk) {
        InputHead head = new InputHead(Collections.nCopies(columns, ""), 0, 1);
        List<List<String>> found = new ArrayList<>();
        CsvRecord fields = new CsvRecord(',');
        FileRange file = FileRange.open(input.file(), 0, FileRange.FILE_END);
        try (RecordSplitter records = RecordSplitter.of(input, head, file, 1, chunk)) {
            while (records.next()) {
                fields.split(records.array(), records.from(), records.to());
                List<String> texts = new ArrayList<>(fields.texts());
                texts.add(Long.toString(records.line()));
                found.add(texts);
            }
        }
        return found;
    }

    private static String text(RecordSplitter records) {
        return new String(records.array(), records.from(), records.to() - records.from(), StandardCharsets.UTF_8);
    }

    private static List<List<String>> oracle(String text, int columns) {
        List<List<String>> found = new ArrayList<>();
        CsvReader.builder()
                .skipEmptyLines(columns != 1)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)
                .forEach(record -> {
                    List<String> texts = new ArrayList<>(record.getFields());
                    texts.add(Long.toString(record.getStartingLineNumber()));
                    found.add(texts);
                });
        return found;
    }

    private String randomCsv(int columns) {
        StringBuilder text = new StringBuilder();
        int records = random.nextInt(8);
        for (int record = 0; record < records; record++) {
            int fields = random.nextInt(5) == 0 ? 1 + random.nextInt(5) : columns;
            for (int field = 0; field < fields; field++) {
                text.append(field == 0 ? "" : ",").append(randomField());
            }
            boolean last = record == records - 1;
            text.append(last && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
            text.append(random.nextInt(6) == 0 ? "\n" : "");
        }
        return text.toString();
    }

    private String randomField() {
        StringBuilder content = new StringBuilder();
        boolean quoted = random.nextInt(3) == 0;
        String alphabet = quoted ? "a1,\n\"é " : "a1é ";
        for (int length = random.nextInt(7); length > 0; length--) {
            content.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return quoted ? '"' + content.toString().replace("\"", "\"\"") + '"' : content.toString();
    }
}
