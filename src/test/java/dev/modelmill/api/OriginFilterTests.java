package dev.modelmill.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginFilterTests {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,localhost:8080,true",
        "http://LOCALHOST:8080,localhost:8080,true",
        "https://mill.example,mill.example,true",
        "https://mill.example:443,mill.example,true",
        "http://[::1]:8080,[::1]:8080,true",
        "http://localhost:8081,localhost:8080,false",
        "http://localhost,localhost:8080,false",
        "https://evil.example,mill.example,false",
        "http://localhost:8080.evil.example,localhost:8080,false",
        "null,localhost:8080,false",
        "chrome-extension://abc,localhost:8080,false",
        "%%,localhost:8080,false"
    })
    void isSameComparesHostAndPort(String origin, String host, boolean same) {
        assertThat(OriginFilter.isSame(origin, host)).isEqualTo(same);
    }

    @Test
    void isSameWhenThereIsNoHostIsNot() {
        assertThat(OriginFilter.isSame("http://localhost", null)).isFalse();
    }
}
