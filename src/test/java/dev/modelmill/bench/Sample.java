package dev.modelmill.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What several runs of one thing gave. Immutable. */
record Sample(double[] sorted) {

    static Sample of(Collection<Double> values) {
        return new Sample(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    static Sample of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Sample(sorted);
    }

    double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The least value that so many hundredths of all don't exceed. */
    double percentile(double hundredths) {
        int rank = (int) Math.ceil(hundredths / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[sorted.length - 1];
    }

    int size() {
        return sorted.length;
    }

    /** {@code 712,000} or {@code 0.043}: three digits that count. */
    static String text(double value) {
        double size = Math.abs(value);
        if (size >= 1_000) {
            double step = Math.pow(10, Math.floor(Math.log10(size)) - 2);
            return String.format(Locale.ROOT, "%,.0f", Math.round(value / step) * step);
        }
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
