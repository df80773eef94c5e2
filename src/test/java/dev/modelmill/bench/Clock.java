package dev.modelmill.bench;

import java.util.ArrayList;
import java.util.List;

/** Times a call. */
final class Clock {

    private static final double NANOS_PER_MILLISECOND = 1e6;

    private Clock() {}

    static double milliseconds(Runnable call) {
        long begun = System.nanoTime();
        call.run();
        return (System.nanoTime() - begun) / NANOS_PER_MILLISECOND;
    }

    /** The same call so many times. */
    static Sample milliseconds(int times, Runnable call) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(milliseconds(call));
        }
        return Sample.of(all);
    }
}
