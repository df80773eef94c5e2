package dev.modelmill.powerloss;

import java.util.Random;

/**
 * What a loss of power takes of that which was not forced. Confined to one thread; the same seed takes the same from the
 * same disk.
 */
final class Loss {

    /** How much is taken. */
    enum Mode {
        /** Every page by chance, with a chance of its own for each loss. */
        RANDOM,
        /** Everything that was not forced. */
        DROPPED,
        /** Nothing, as when only the process dies. */
        KEPT
    }

    private static final double[] CHANCES = {0.05, 0.5, 0.95};
    private static final double TORN = 0.05;

    private final Mode mode;
    private final Random random;
    private final double kept;

    Loss(Mode mode, long seed) {
        this.mode = mode;
        random = new Random(seed);
        kept = CHANCES[random.nextInt(CHANCES.length)];
    }

    /** How many of the changes of a folder that are not forced reach the disk, from the oldest on. */
    int changes(int pending) {
        return switch (mode) {
            case DROPPED -> 0;
            case KEPT -> pending;
            case RANDOM -> random.nextInt(pending + 1);
        };
    }

    /** Which state of a page or of a size reaches the disk: 0 the one that was forced, {@code newer} the last. */
    int state(int newer) {
        return switch (mode) {
            case DROPPED -> 0;
            case KEPT -> newer;
            case RANDOM -> random.nextDouble() >= kept ? 0 : random.nextBoolean() ? newer : 1 + random.nextInt(newer);
        };
    }

    /** How many sectors of a page, from its beginning, are of the state chosen; the rest is of another. */
    int sectors(int all) {
        return mode == Mode.RANDOM && random.nextDouble() < TORN ? 1 + random.nextInt(all - 1) : all;
    }

    /** A size from one to another, both included. */
    int between(int one, int other) {
        int least = Math.min(one, other);
        return mode == Mode.RANDOM ? least + random.nextInt(Math.abs(one - other) + 1) : one;
    }
}
