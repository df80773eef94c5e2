package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarRendererTests {

    @Test
    void barWhenHalfDoneIsHalfFull() {
        assertThat(BarRenderer.bar(Jobs.running(1800, 897, 3, 1210.4, 1L), 79))
                .isEqualTo("digits [========>          ] 50.0% 900/1,800 3 failed 1,210/s 1 s left");
    }

    @Test
    void barWhenNotCountedYetShowsTheStatus() {
        assertThat(BarRenderer.bar(Jobs.queued(), 40)).isEqualTo("digits [          ] queued");
    }

    @Test
    void barWhenAllIsDoneIsFull() {
        assertThat(BarRenderer.bar(Jobs.running(10, 10, 0, null, null), 200)).contains("[" + "=".repeat(40) + "]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 20, 40, 41, 60, 80, 500})
    void barWhenTheTerminalIsOfAnyWidthFits(int width) {
        assertThat(BarRenderer.bar(Jobs.running(1_000_000, 1, 999_998, 0.5, 90_000L), width))
                .hasSizeLessThanOrEqualTo(width);
    }

    @Test
    void barWhenItFillsNeverShrinks() {
        long before = 0;
        for (int done = 0; done <= 1000; done++) {
            String bar = BarRenderer.bar(Jobs.running(1000, done, 0, null, null), 60);
            long full = bar.chars().filter(c -> c == '=' || c == '>').count();
            assertThat(full).isGreaterThanOrEqualTo(before);
            before = full;
        }
    }

    @Test
    void lineWhenMuchTimeIsLeftShowsMinutesOrHours() {
        assertThat(BarRenderer.line(Jobs.running(100, 1, 0, 2.0, 61L)))
                .isEqualTo("digits 1.0% 1/100 2.0/s 1:01 min left");
        assertThat(BarRenderer.line(Jobs.running(100, 1, 0, 2.0, 7260L))).endsWith("2:01 h left");
    }

    @Test
    void summaryWhenCompletedSaysHowManyAndHowFast() {
        assertThat(BarRenderer.summary(Jobs.ended(JobStatus.COMPLETED_WITH_ERRORS, 1797, 2, null)))
                .isEqualTo("digits: completed with errors, 1,797 succeeded, 2 failed, 1,235/s, 1.5 s");
    }

    @Test
    void summaryWhenFailedSaysWhy() {
        JobError error = new JobError(JobError.Code.TOO_MANY_ERRORS, "200 of 300 tasks failed");
        assertThat(BarRenderer.summary(Jobs.ended(JobStatus.FAILED, 100, 200, error)))
                .startsWith("digits: failed, ")
                .endsWith("\ntoo_many_errors: 200 of 300 tasks failed");
    }
}
