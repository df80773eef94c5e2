package dev.modelmill.model.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnRangeTests {

    @ParameterizedTest
    @ValueSource(strings = {"p", "p7", "a..b", "1.5", "..", "p0...", "x..1"})
    void expandWhenNameIsNoRangeGivesItself(String name) {
        assertThat(ColumnRange.expand(name)).containsExactly(name);
    }

    @Test
    void expandWhenNumbersAscendGivesEach() {
        assertThat(ColumnRange.expand("p8..p11")).containsExactly("p8", "p9", "p10", "p11");
        assertThat(ColumnRange.expand("0..2")).containsExactly("0", "1", "2");
        assertThat(ColumnRange.expand("p0..p63")).hasSize(64).endsWith("p63");
        assertThat(ColumnRange.expand("v1.x3..v1.x3")).containsExactly("v1.x3");
    }

    @Test
    void expandWhenFirstNumberIsPaddedPadsAll() {
        assertThat(ColumnRange.expand("p08..p11")).containsExactly("p08", "p09", "p10", "p11");
        assertThat(ColumnRange.expand("p098..p101")).containsExactly("p098", "p099", "p100", "p101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p0..q5", "p5..p4", "p0..p1000000", "p0..5"})
    void expandWhenRangeIsWrongRefuses(String range) {
        assertThatThrownBy(() -> ColumnRange.expand(range)).isInstanceOf(IllegalArgumentException.class);
    }
}
