package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RestartChangesTests {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                           | {"model":"m","workers":2,"maxErrors":"1%"}
            {"workers":4}                | {"model":"m","workers":4,"maxErrors":"1%"}
            {"workers":null}             | {"model":"m","maxErrors":"1%"}
            {"priority":9,"maxErrors":7} | {"model":"m","workers":2,"maxErrors":7,"priority":9}
            """)
    void appliedToReplacesWhatIsNamed(String changes, String expected) {
        String request = "{\"model\":\"m\",\"workers\":2,\"maxErrors\":\"1%\"}";
        assertThat(new RestartChanges((ObjectNode) JSON.readTree(changes)).appliedTo(request, JSON))
                .isEqualTo(expected);
    }
}
