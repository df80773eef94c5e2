package dev.modelmill.model.repository;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Column names as {@code model.yml} writes them: {@code p7} is itself, {@code p0..p63} or {@code p00..p63} a range. */
final class ColumnRange {

    private static final Pattern RANGE = Pattern.compile("(.*?)(\\d{1,9})\\.\\.(.*?)(\\d{1,9})", Pattern.DOTALL);
    private static final int MAX_COLUMNS = 1_000_000;

    private ColumnRange() {}

    /**
     * The columns that a name stands for, in order. Where the first number has leading zeros all are as wide as it.
     *
     * @throws IllegalArgumentException if it looks like a range and isn't one, saying why
     */
    static List<String> expand(String name) {
        Matcher range = RANGE.matcher(name);
        if (!range.matches()) {
            return List.of(name);
        }
        String prefix = range.group(1);
        String first = range.group(2);
        if (!prefix.equals(range.group(3))) {
            throw new IllegalArgumentException("a range that has the same name on both sides, as p0..p63");
        }
        return expand(prefix, first, Long.parseLong(range.group(4)));
    }

    private static List<String> expand(String prefix, String first, long to) {
        long from = Long.parseLong(first);
        if (to < from || to - from >= MAX_COLUMNS) {
            throw new IllegalArgumentException("a range that ascends, of at most " + MAX_COLUMNS + " columns");
        }
        String format = first.startsWith("0") && first.length() > 1 ? "%0" + first.length() + "d" : "%d";
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> prefix + String.format(format, number))
                .toList();
    }
}
