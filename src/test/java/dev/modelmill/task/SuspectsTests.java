package dev.modelmill.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.task.Suspects.Call;
import dev.modelmill.task.input.TaskFailure.Code;
import org.junit.jupiter.api.Test;

class SuspectsTests {

    private static final Call WHOLE = new Call(0, 0, 8, true);
    private static final Call FIRST = new Call(0, 0, 4, false);
    private static final Call SECOND = new Call(0, 4, 8, false);
    private static final Call QUARTER = new Call(0, 0, 2, false);

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
    void wholeAndItsRepetitionAreOneOfTheThreeInARow() {
        breakOff(WHOLE);
        breakOff(WHOLE);
        breakOff(FIRST);
        assertThat(suspects.givenUp(SECOND)).isFalse();
        breakOff(SECOND);
        assertThat(suspects.givenUp(QUARTER)).isTrue();
        assertThat(suspects.code()).isEqualTo(Code.TIMEOUT);
    }

    @Test
    void successBetweenBeginsTheRowAnew() {
        breakOff(WHOLE);
        breakOff(WHOLE);
        breakOff(FIRST);
        succeed(SECOND);
        breakOff(QUARTER);
        assertThat(suspects.givenUp(new Call(0, 2, 4, false))).isFalse();
    }

    @Test
    void wholeThatSucceedsWhenRepeatedBeginsTheRowAnew() {
        breakOff(WHOLE);
        succeed(WHOLE);
        breakOff(new Call(1, 0, 1, true));
        breakOff(new Call(1, 0, 1, true));
        breakOff(new Call(2, 0, 1, true));
        breakOff(new Call(2, 0, 1, true));
        assertThat(suspects.givenUp(new Call(3, 0, 1, true))).isFalse();
    }

    @Test
    void repetitionOfAnOldSuccessIsNone() {
        succeed(FIRST);
        breakOff(SECOND);
        succeed(FIRST);
        breakOff(new Call(0, 4, 6, false));
        succeed(FIRST);
        breakOff(new Call(0, 6, 8, false));
        assertThat(suspects.givenUp(QUARTER)).isTrue();
    }

    @Test
    void refusalIsNoSuccess() {
        breakOff(FIRST);
        breakOff(SECOND);
        suspects.calling(QUARTER);
        suspects.answered(false);
        breakOff(new Call(0, 2, 4, false));
        assertThat(suspects.givenUp(new Call(0, 4, 6, false))).isTrue();
    }

    @Test
    void whatWasAnsweredBeforeTheRestWasGivenUpIsAskedForAgain() {
        succeed(new Call(1, 0, 4, true));
        breakOff(FIRST);
        breakOff(SECOND);
        breakOff(QUARTER);
        assertThat(suspects.givenUp(new Call(1, 0, 4, true))).isFalse();
        assertThat(suspects.givenUp(new Call(2, 0, 4, true))).isTrue();
    }

    @Test
    void eachCallKeepsHowItEnded() {
        suspects.calling(FIRST);
        suspects.brokeOff(Code.WORKER_CRASHED, "exit 1");
        breakOff(SECOND);
        assertThat(suspects.broken(FIRST)).isEqualTo(new Suspects.Broken(1, Code.WORKER_CRASHED, "exit 1"));
        assertThat(suspects.broken(SECOND)).isEqualTo(new Suspects.Broken(1, Code.TIMEOUT, "late"));
    }

    private void breakOff(Call call) {
        suspects.calling(call);
        suspects.brokeOff(Code.TIMEOUT, "late");
    }

    private void succeed(Call call) {
        suspects.calling(call);
        suspects.answered(true);
    }
}
