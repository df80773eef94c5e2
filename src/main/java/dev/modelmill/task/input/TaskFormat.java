package dev.modelmill.task.input;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** How the tasks of an input are written. */
public enum TaskFormat {
    JSONL,
    CSV;

    /** The public name: {@code jsonl}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that a file's extension stands for, before {@code .gz} or {@code .zst}, in any case. */
    public static Optional<TaskFormat> of(String fileName) {
        return switch (extension(fileName)) {
            case "jsonl", "ndjson" -> Optional.of(JSONL);
            case "csv" -> Optional.of(CSV);
            default -> Optional.empty();
        };
    }

    /** What to tell the owner of a file that {@link #of} knows no format for. */
    public static String whyUnknown(String fileName) {
        String extension = extension(fileName);
        if (extension.equals("parquet")) {
            return "Parquet can't be read by this version: convert the file to csv or jsonl";
        }
        String what = extension.isEmpty() ? "the file has no extension" : "." + extension + " is no known format";
        return what + ": call it .jsonl, .ndjson or .csv, packed also .gz, or set input.format to jsonl or csv";
    }

    private static String extension(String fileName) {
        String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") || name.endsWith(".zst") ? name.substring(0, name.lastIndexOf('.')) : name;
        return plain.indexOf('.') < 0 ? "" : plain.substring(plain.lastIndexOf('.') + 1);
    }
}
