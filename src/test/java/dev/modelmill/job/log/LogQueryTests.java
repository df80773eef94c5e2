package dev.modelmill.job.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** Tests of {@link LogQuery}. */
class LogQueryTests {

    @Test
    void parseWhenNothingIsGivenWantsAll() {
        assertThat(LogQuery.parse(null, "", null, null)).isEqualTo(LogQuery.after(0));
    }

    @Test
    void parseReadsAllParameters() {
        assertThat(LogQuery.parse("17", "warn", "digits-1", "5"))
                .isEqualTo(new LogQuery(17, Level.WARN, "digits-1", 5));
    }

    @ParameterizedTest
    @CsvSource({"after,x", "after,-1", "after,1.5", "after,99999999999999999999", "level,LOUD", "limit,0", "limit,many"
    })
    void parseWhenAParameterIsWrongNamesItAndWhatItMayBe(String parameter, String value) {
        assertThatThrownBy(() -> LogQuery.parse(
                        parameter.equals("after") ? value : null,
                        parameter.equals("level") ? value : null,
                        null,
                        parameter.equals("limit") ? value : null))
                .isInstanceOfSatisfying(
                        BadLogQueryException.class,
                        e -> assertThat(e.parameter()).isEqualTo(parameter))
                .hasMessageStartingWith(parameter + ": expected ")
                .hasMessageEndingWith("got '" + value + "'");
    }
}
