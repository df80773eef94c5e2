package dev.modelmill.powerloss;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The results and errors of an input, from a run that nothing disturbed.
 *
 * @param results the lines of the tasks that succeeded
 * @param errors the lines of those that failed
 */
record Expected(byte[] results, byte[] errors) {

    private static final Pattern INDEX = Pattern.compile("(?m)^\\{\"index\":(\\d+),");

    /** Makes sure that every task has exactly one outcome. */
    Expected complete(int tasks) {
        BitSet seen = new BitSet();
        for (byte[] lines : new byte[][] {results, errors}) {
            Matcher matcher = INDEX.matcher(new String(lines, StandardCharsets.UTF_8));
            while (matcher.find()) {
                int index = Integer.parseInt(matcher.group(1));
                if (seen.get(index)) {
                    throw new AssertionError("task " + index + " has two outcomes");
                }
                seen.set(index);
            }
        }
        if (seen.cardinality() != tasks || seen.length() != tasks) {
            throw new AssertionError(seen.cardinality() + " of " + tasks + " tasks have an outcome");
        }
        return this;
    }
}
