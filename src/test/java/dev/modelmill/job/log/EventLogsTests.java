package dev.modelmill.job.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Tests of {@link EventLogs}. */
class EventLogsTests {

    @TempDir
    private Path folder;

    private final EventLogs logs = new EventLogs(1 << 20, Clock.systemUTC());

    @Test
    void findGivesTheLogThatIsOpened() {
        EventLog found = logs.find("job", folder);
        EventLog opened = logs.open("job", folder, 1);
        assertThat(opened).isSameAs(found);
        assertThat(logs.findOpen("job")).containsSame(found);
        logs.close("job");
        assertThat(logs.findOpen("job")).isEmpty();
        assertThat(logs.find("job", folder)).isSameAs(found);
    }

    @Test
    void findWhenManyWereReadSinceGivesTheSameToThoseThatHoldIt() throws Exception {
        EventLog held = logs.find("job", folder);
        for (int i = 0; i < 200; i++) {
            logs.find("other-" + i, Files.createDirectory(folder.resolve("other-" + i)));
        }
        assertThat(logs.find("job", folder)).isSameAs(held);
    }

    @Test
    void listenersHearOfEventsUntilTheLogIsClosed() {
        List<String> heard = new ArrayList<>();
        logs.addListener((jobId, level) -> heard.add(jobId + " " + level));
        EventLog log = logs.open("job", folder, 1);
        log.append(Instant.now(), Level.WARN, "w", "x");
        logs.close("job");
        log.append(Instant.now(), Level.INFO, "w", "x");
        assertThat(heard).containsExactly("job WARN");
    }

    @Test
    void forgetWhenAJobOfThatIdComesAgainHasANewLog() {
        EventLog log = logs.open("job", folder, 1);
        logs.forget("job");
        assertThat(log.isOpen()).isFalse();
        assertThat(logs.find("job", folder)).isNotSameAs(log);
    }

    @Test
    void closeClosesAllAndIsSafeTwice() throws Exception {
        EventLog one = logs.open("one", Files.createDirectory(folder.resolve("one")), 1);
        EventLog two = logs.open("two", Files.createDirectory(folder.resolve("two")), 1);
        logs.close();
        logs.close();
        assertThat(one.isOpen()).isFalse();
        assertThat(two.isOpen()).isFalse();
    }
}
