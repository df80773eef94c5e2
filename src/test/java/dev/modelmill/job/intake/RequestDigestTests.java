package dev.modelmill.job.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDigestTests {

    private static final String REQUEST =
            "{\"model\":\"m\",\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"input\":{\"tasks\":[{\"x\":1},{\"x\":2}]}}";

    @TempDir
    private Path folder;

    private int files;

    @ParameterizedTest
    @ValueSource(
            strings = {
                REQUEST,
                "{\"input\":{\"tasks\":[{\"x\":1},{\"x\":2}]},\"labels\":{\"b\":\"2\",\"a\":\"1\"},\"model\":\"m\"}",
                " {\"model\" : \"m\",\n \"labels\":{\"a\":\"1\", \"b\":\"2\"},\"input\":{\"tasks\":[ {\"x\":1} ,{\"x\": 2}]}}"
            })
    void ofWhenOnlyOrderAndWhiteSpaceDifferIsTheSame(String request) throws Exception {
        assertThat(digest(request)).isEqualTo(digest(REQUEST)).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"n\",\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"input\":{\"tasks\":[{\"x\":1},{\"x\":2}]}}",
                "{\"model\":\"m\",\"labels\":{\"a\":\"2\",\"b\":\"1\"},\"input\":{\"tasks\":[{\"x\":1},{\"x\":2}]}}",
                "{\"model\":\"m\",\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"input\":{\"tasks\":[{\"x\":2},{\"x\":1}]}}",
                "{\"model\":\"m\",\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"input\":{\"tasks\":[{\"x\":1.0},{\"x\":2}]}}"
            })
    void ofWhenJobOrTasksDifferIsAnother(String request) throws Exception {
        assertThat(digest(request)).isNotEqualTo(digest(REQUEST));
    }

    @Test
    void ofWhenTheUploadDiffersIsAnother() throws Exception {
        Submission submission = read("{\"model\":\"m\"}");
        Path one = Files.writeString(folder.resolve("one"), "a");
        Path other = Files.writeString(folder.resolve("other"), "b");
        assertThat(RequestDigest.of(submission.withUpload(one, "x.csv")))
                .isNotEqualTo(RequestDigest.of(submission.withUpload(other, "x.csv")))
                .isNotEqualTo(RequestDigest.of(submission));
    }

    private String digest(String request) throws IOException {
        return RequestDigest.of(read(request));
    }

    private Submission read(String request) {
        return new JobRequestReader(() -> folder.resolve("staged-" + files++))
                .read(new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)));
    }
}
