package dev.modelmill.cli;

import dev.modelmill.job.Job;
import dev.modelmill.job.Job.Progress;
import dev.modelmill.job.JobError;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A job as text for people: a bar, a line, the counts, the summary at its end. */
final class BarRenderer {

    private static final int LEAST_BAR = 10;
    private static final int MOST_BAR = 40;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    private BarRenderer() {}

    /** {@code digits [=====>    ] 50.3% 900/1,797 3 failed 1,210/s 1 s left}, cut to a width. */
    static String bar(Job job, int width) {
        int room = Math.min(MOST_BAR, width / 4);
        String filled = room < LEAST_BAR ? "" : filled(job.progress(), room) + " ";
        String text = job.model() + " " + filled + state(job);
        return text.length() <= width ? text : text.substring(0, width);
    }

    /** The same without a bar. */
    static String line(Job job) {
        return job.model() + " " + state(job);
    }

    private static String filled(Progress progress, int room) {
        double percent = progress.percent() == null ? 0 : progress.percent();
        int full = (int) Math.min(room, Math.floor(percent * room / 100));
        String head = full > 0 && full < room ? "=".repeat(full - 1) + ">" : "=".repeat(full);
        return "[" + head + " ".repeat(room - full) + "]";
    }

    private static String state(Job job) {
        Progress progress = job.progress();
        StringBuilder text = new StringBuilder();
        if (progress.percent() != null) {
            text.append(String.format(Locale.ROOT, "%.1f%% ", progress.percent()));
        }
        text.append(counts(job));
        if (progress.tasksPerSecond() != null) {
            text.append(' ').append(rate(progress.tasksPerSecond()));
        }
        if (progress.secondsLeft() != null) {
            text.append(' ').append(duration(progress.secondsLeft())).append(" left");
        }
        return text.toString();
    }

    /** {@code 900/1,797 3 failed}, or the status of a job whose tasks are not counted yet. */
    static String counts(Job job) {
        Progress progress = job.progress();
        if (progress.total() == null) {
            return job.status().name().toLowerCase(Locale.ROOT);
        }
        String done = number(progress.succeeded() + progress.failed()) + "/" + number(progress.total());
        return progress.failed() == 0 ? done : done + " " + number(progress.failed()) + " failed";
    }

    /** {@code digits: completed, 1,797 tasks, 1,210/s, 1.5 s}, and for a failed job why. */
    static String summary(Job job) {
        StringBuilder text = new StringBuilder(job.model()).append(": ").append(status(job));
        Progress progress = job.progress();
        text.append(", ").append(number(progress.succeeded())).append(" succeeded");
        text.append(", ").append(number(progress.failed())).append(" failed");
        if (progress.tasksPerSecond() != null) {
            text.append(", ").append(rate(progress.tasksPerSecond()));
        }
        if (job.startedAt() != null && job.finishedAt() != null) {
            text.append(", ").append(seconds(Duration.between(job.startedAt(), job.finishedAt())));
        }
        return text + reason(job.error());
    }

    private static String status(Job job) {
        return job.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String reason(@Nullable JobError error) {
        return error == null ? "" : "\n" + error.code().label() + ": " + error.detail();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f/s" : "%,.0f/s", perSecond);
    }

    private static String seconds(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < MINUTE
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : duration(seconds);
    }

    private static String duration(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return String.format(Locale.ROOT, "%d:%02d min", seconds / MINUTE, seconds % MINUTE);
        }
        return String.format(Locale.ROOT, "%d:%02d h", seconds / HOUR, seconds % HOUR / MINUTE);
    }
}
