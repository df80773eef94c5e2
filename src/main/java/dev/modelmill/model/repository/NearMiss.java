package dev.modelmill.model.repository;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says which known key an unknown one was probably meant to be. */
final class NearMiss {

    private static final int MAX_DISTANCE = 2;

    private NearMiss() {}

    /** {@code did you mean batch-size?}, or the known keys where none is near. */
    static String advice(String key, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(plain(key), plain(candidate))))
                .filter(nearest -> distance(plain(key), plain(nearest)) <= MAX_DISTANCE)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("known are " + String.join(", ", known));
    }

    /** {@code batchSize} and {@code batch_size} are {@code batch-size}. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** The Levenshtein distance, in the usual two rows. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
