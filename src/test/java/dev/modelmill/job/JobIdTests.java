package dev.modelmill.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobIdTests {

    private final Clock stopped = Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC);

    @Test
    void nextGrowsWithinOneMillisecond() {
        JobId.Generator generator = new JobId.Generator(stopped);
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(generator.next());
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids.get(0).value()).matches("[0-9a-z]{26}");
    }

    @Test
    void nextGrowsWithTime() {
        JobId earlier = new JobId.Generator(stopped).next();
        JobId later = new JobId.Generator(Clock.offset(stopped, java.time.Duration.ofMillis(1))).next();
        assertThat(earlier).isLessThan(later);
    }

    @Test
    void parseRefusesWhatNoJobIsCalled() {
        assertThat(JobId.parse("../../etc/passwd")).isEmpty();
        assertThat(JobId.parse("01K00000000000000000000000")).isEmpty();
        assertThat(JobId.parse("01k00000000000000000000000")).isPresent();
    }
}
