package dev.modelmill.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.task.Suspects.Call;
import dev.modelmill.task.input.TaskFailure.Code;
import org.junit.jupiter.api.Test;

class SuspectsTests {

    private static final Call WHOLE = new Call(0, 0, 8, true);
    private static final Call FIRST = new Call(0, 0, 4, false);
    private static final Call SECOND = new Call(0, 4, 8, false);

    private final Suspects suspects = new Suspects();

    @Test
    void wholeHasTwoTriesAndHalfHasOne() {
        breakOff(WHOLE);
        assertThat(suspects.exhausted(WHOLE)).isFalse();
        breakOff(WHOLE);
        assertThat(suspects.exhausted(WHOLE)).isTrue();
        breakOff(FIRST);
        assertThat(suspects.exhausted(FIRST)).isTrue();
    }

    @Test
    void givenUpAfterThreeInARow() {
        breakOff(WHOLE);
        breakOff(WHOLE);
        assertThat(suspects.givenUp()).isFalse();
        breakOff(FIRST);
        assertThat(suspects.givenUp()).isTrue();
        assertThat(suspects.code()).isEqualTo(Code.TIMEOUT);
    }

    @Test
    void successBetweenBeginsTheRowAnew() {
        breakOff(WHOLE);
        breakOff(WHOLE);
        succeed(FIRST);
        breakOff(SECOND);
        assertThat(suspects.givenUp()).isFalse();
    }

    @Test
    void repetitionOfAnOldSuccessIsNone() {
        succeed(FIRST);
        breakOff(SECOND);
        succeed(FIRST);
        breakOff(SECOND);
        succeed(FIRST);
        breakOff(SECOND);
        assertThat(suspects.givenUp()).isTrue();
    }

    @Test
    void refusalIsNoSuccess() {
        breakOff(WHOLE);
        breakOff(WHOLE);
        suspects.calling(FIRST);
        suspects.answered(false);
        breakOff(SECOND);
        assertThat(suspects.givenUp()).isTrue();
    }

    private void breakOff(Call call) {
        suspects.calling(call);
        suspects.brokeOff(Code.TIMEOUT);
    }

    private void succeed(Call call) {
        suspects.calling(call);
        suspects.answered(true);
    }
}
