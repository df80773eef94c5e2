package dev.modelmill.task.input;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Quotes what users wrote in messages to them, shortened where it is long. */
final class Excerpt {

    private static final int MOST_CHARACTERS = 40;
    private static final int MOST_NAMES = 8;

    private Excerpt() {}

    /** Some UTF-8 text in quotes. */
    static String of(byte[] utf8, int from, int to) {
        // four bytes a character at most; what is cut in the middle of one lies past the end
        int end = Math.min(to, from + 4 * (MOST_CHARACTERS + 2));
        return of(new String(utf8, from, end - from, StandardCharsets.UTF_8));
    }

    static String of(String text) {
        int characters = text.codePointCount(0, text.length());
        String shown = characters <= MOST_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
        return "\"" + shown.replaceAll("\\p{Cntrl}", "\uFFFD") + "\"";
    }

    /** Names in quotes, the first few of many. */
    static String of(List<String> names) {
        String shown = names.stream().limit(MOST_NAMES).map(Excerpt::of).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
