package dev.modelmill.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaxErrorsTests {

    @ParameterizedTest
    @CsvSource({
        "10%, 1000, 100, 0, false",
        "10%, 1000, 101, 0, true",
        "10%, 1009, 101, 0, true",
        "10%, 99, 98, 98, false",
        "10%, 99, 99, 99, true",
        "10%, 1000, 100, 100, true",
        "5, 1000, 5, 5, false",
        "5, 1000, 6, 6, true",
        "5, 50, 6, 6, true",
        "0, 1000, 1, 1, true",
        "0%, 100, 1, 1, true",
        "0%, 99, 1, 1, false",
        "100%, 10, 10, 10, false",
        "100%, 1000, 1000, 100, false",
        "10%, 0, 0, 0, false",
        "0.5%, 1000, 5, 5, false",
        "0.5%, 1000, 6, 6, true"
    })
    void exceededFollowsTheContract(String text, long total, long failed, long failedFirst, boolean exceeded) {
        assertThat(MaxErrors.parse(text).exceeded(total, failed, failedFirst)).isEqualTo(exceeded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "%", "101%", "-1%", "many", "1e3"})
    void parseWhenTextIsNeitherSaysWhatIsExpected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaxErrors.parse(text))
                .withMessageContaining(text);
    }

    @Test
    void toStringGivesBackWhatWasWritten() {
        assertThat(MaxErrors.parse("2.5%")).hasToString("2.5%");
        assertThat(MaxErrors.parse("7")).hasToString("7");
    }
}
