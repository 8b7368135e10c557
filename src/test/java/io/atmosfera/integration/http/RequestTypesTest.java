package io.atmosfera.integration.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.ContractOperation;
import io.atmosfera.integration.PlatformTest;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door lets in, the statement behind it takes: every parameter and property of the contract, at its edges. */
class RequestTypesTest extends PlatformTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> NO_NUMBERS = List.of(
            "%205",
            "5%20", "%0A5", "5%0A", "%2B5", "5.0", "1e1", "0x5", "%D9%A5", "-", "99999999999999999999", "%C2%A05");

    private static final List<String> NO_TIMES = List.of(
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00%2B01:00",
            "9999-12-31T23:59:59-01:00",
            "2026-01-01T00:00:00%2B16:00",
            "2026-01-01T00:00:00-16:00",
            "2026-01-01T00:00:00%2B18:00",
            "2026-01-01T00:00:00%2B99:99",
            "2026-02-30T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "%2B12026-01-01T00:00:00Z",
            "%202026-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z%0A",
            "2026-01-01");

    private static final List<String> TIMES = List.of(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2026-01-01T00:00:00%2B15:59",
            "2026-01-01T00:00:00-15:59",
            "2026-01-01t00:00:00z");

    private static long project;

    @BeforeEach
    void aProject() {
        if (project == 0) {
            project = post("/api/projects", ADMIN, "{\"name\": \"Types\", \"key\": \"TYPES\"}")
                    .json()
                    .path("id")
                    .asLong();
        }
    }

    @TestFactory
    Stream<DynamicTest> aTextThatIsNoneOfItsTypeIsRefused() {
        return parameters("query")
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    for (String text : unfit(one.parameter().getSchema())) {
                        Answer answer = get(one.address(project) + text);
                        assertThat(answer.status())
                                .as(text + ": " + answer.text())
                                .isEqualTo(400);
                        assertThat(answer.text()).contains(one.name());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> anIdThatIsNoneIsNoFailure() {
        return parameters("path")
                .filter(one -> "integer".equals(one.parameter().getSchema().getType()))
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    for (String text : NO_NUMBERS) {
                        String path = one.operation()
                                .path()
                                .replace("{" + one.name() + "}", text)
                                .replace("{projectId}", String.valueOf(project))
                                .replaceAll("\\{\\w+}", "1");
                        Answer answer = send(request(one.operation().method(), path, ADMIN, null));
                        assertThat(answer.status())
                                .as(text + ": " + answer.text())
                                .isBetween(400, 499);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> theEarliestAndTheLatestTimeAreTaken() {
        return parameters("query")
                .filter(one -> "date-time".equals(one.parameter().getSchema().getFormat()))
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    for (String text : TIMES) {
                        Answer answer = get(one.address(project) + text);
                        assertThat(answer.status())
                                .as(text + ": " + answer.text())
                                .isEqualTo(200);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aPropertyAtTheEdgeOfItsTypeIsNoFailure() {
        return ContractOperation.all()
                .filter(operation -> operation.exampleBody() != null)
                .flatMap(operation -> properties(operation)
                        .map(property -> DynamicTest.dynamicTest(operation.id() + " " + property.getKey(), () -> {
                            for (JsonNode value : edges(property.getValue())) {
                                ObjectNode body = (ObjectNode) JSON.readTree(operation.exampleBody());
                                body.set(property.getKey(), value);
                                Answer answer = send(
                                        request(operation.method(), operation.path(project), ADMIN, body.toString()));
                                assertThat(answer.status())
                                        .as(value + ": " + answer.text())
                                        // What is right would be asked of another system, and nobody answers there.
                                        .isNotEqualTo(500);
                            }
                        })));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void aTimeInABodyThatTheDatabaseDoesNotTakeIsNamed(String field) {
        for (String text : List.of("0000-01-01T00:00:00Z", "2026-01-01T00:00:00+16:00", "2026-01-01T00:00:00+18:00")) {
            Answer answer = post(
                    "/api/webhooks/events/replay", ADMIN, "{\"dryRun\": true, \"" + field + "\": \"" + text + "\"}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo(field);
        }
    }

    private record Given(ContractOperation operation, Parameter parameter) {

        String name() {
            return parameter.getName();
        }

        /** Where it is asked for, with what is required besides, up to its value. */
        String address(long project) {
            String others = operation.parameters().stream()
                    .filter(other -> other.getIn().equals("query") && Boolean.TRUE.equals(other.getRequired()))
                    .filter(other -> !other.getName().equals(name()))
                    .map(other -> other.getName() + "=" + any(other) + "&")
                    .collect(Collectors.joining());
            return operation.path(project) + "?" + others + name() + "=";
        }

        /** A value that fits: the first of those that there are, else the contract's example. */
        private static Object any(Parameter parameter) {
            List<?> values = parameter.getSchema().getEnum();
            return values == null ? parameter.getExample() : values.get(0);
        }

        @Override
        public String toString() {
            return operation.id() + " " + name();
        }
    }

    private static Stream<Given> parameters(String in) {
        return ContractOperation.all()
                .filter(operation -> in.equals("path") || operation.method().equals("GET"))
                .flatMap(operation -> operation.parameters().stream()
                        .filter(parameter -> parameter.getIn().equals(in))
                        .map(parameter -> new Given(operation, parameter)));
    }

    private static List<String> unfit(Schema<?> schema) {
        if ("date-time".equals(schema.getFormat())) {
            return NO_TIMES;
        }
        return switch (String.valueOf(schema.getType())) {
            case "integer" -> NO_NUMBERS;
            case "boolean" -> List.of("%20true", "TRUE", "1", "yes");
            default -> List.of();
        };
    }

    private static Stream<Map.Entry<String, Schema<?>>> properties(ContractOperation operation) {
        Schema<?> body = operation
                .operation()
                .getRequestBody()
                .getContent()
                .get("application/json")
                .getSchema();
        return body.getProperties().keySet().stream()
                .map(name -> Map.entry(name, body.getProperties().get(name)));
    }

    private static List<JsonNode> edges(Schema<?> schema) throws JsonProcessingException {
        if ("date-time".equals(schema.getFormat())) {
            return Stream.concat(NO_TIMES.stream(), TIMES.stream())
                    .map(text -> (JsonNode) JSON.getNodeFactory().textNode(text.replace("%2B", "+")))
                    .toList();
        }
        return switch (String.valueOf(schema.getType())) {
            case "integer", "number" ->
                List.of(
                        JSON.readTree("5.0"),
                        JSON.readTree("1e2"),
                        JSON.readTree("99999999999999999999"),
                        JSON.readTree(String.valueOf(Long.MAX_VALUE)),
                        JSON.getNodeFactory().numberNode(new BigDecimal("1E400")));
            case "string" ->
                List.of(
                        JSON.getNodeFactory().textNode(" "),
                        JSON.getNodeFactory().textNode("x".repeat(5_000)));
            default -> List.of(JSON.readTree("{}"), JSON.readTree("[]"), JSON.readTree("null"));
        };
    }
}
