package dev.modelmill.task.input;

/** Reads the values of one input from the fields of a JSON object. */
final class JsonInputReader extends InputReader {

    private static final String MISSING = "missing";

    private final JsonRecord record;
    private final int[] numbers;

    JsonInputReader(InputBinding binding, JsonRecord record) {
        super(binding, "field");
        this.record = record;
        this.numbers = binding.fields().stream().mapToInt(record::field).toArray();
    }

    @Override
    void readWhole(TensorColumn out) {
        int field = numbers[0];
        if (!record.has(field)) {
            addAllMissing(MISSING, out);
        } else if (record.startsWith(field, 'n')) {
            addAllMissing("null", out);
        } else {
            addJson(record.json(), record.from(field), record.to(field), out);
        }
    }

    @Override
    void readOne(int index, TensorColumn out) {
        int field = numbers[index];
        if (!record.has(field)) {
            addMissing(MISSING, out);
        } else if (record.startsWith(field, '[')) {
            throw new InvalidTaskException("expected a " + parser().noun() + ", got an array");
        } else {
            addJson(record.json(), record.from(field), record.to(field), out);
        }
    }
}
