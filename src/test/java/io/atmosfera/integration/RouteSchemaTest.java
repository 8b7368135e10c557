package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route file is valid by the schema of Camel's YAML DSL: Camel itself would tell only at the start. */
class RouteSchemaTest {

    private static final PlatformFiles REPOSITORY = PlatformFiles.ofRepository();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    private static final Pattern CONSEQUENCE =
            Pattern.compile("required property '\\w+' not found|must be valid to one|must not be valid to");

    @ParameterizedTest
    @MethodSource("files")
    void routeFileIsValid(String file) {
        assertThat(validate(REPOSITORY.routes().getOrDefault(file, ""))).isEmpty();
    }

    @Test
    void aWrongTypeIsFound() {
        assertThat(validate("- restConfiguration: { port: [] }")).isNotEmpty();
    }

    @Test
    void anUnknownStepIsFound() {
        assertThat(
                        validate(
                                """
                - route:
                    id: tea-brew
                    from:
                      uri: direct:tea-brew
                      steps:
                        - brew: { id: tea-leaves }
                """))
                .isNotEmpty();
    }

    @Test
    void aPlaceholderMayStandForAnyValue() {
        assertThat(
                        validate(
                                """
                - route:
                    id: tea-brew
                    autoStartup: "{{platform.tea.enabled}}"
                    startupOrder: "{{platform.{{tea}}.order}}"
                    from:
                      uri: direct:tea-brew
                      steps: []
                """))
                .isEmpty();
    }

    static List<String> files() {
        return List.copyOf(REPOSITORY.routes().keySet());
    }

    /** What is wrong, without what follows from it: for one wrong value the schema names every other expression too. */
    private static List<String> validate(String yaml) {
        JsonNode routes = JSON.valueToTree(PlatformFiles.parse(yaml));
        List<String> all = SCHEMA.validate(routes).stream()
                .filter(message -> !isPlaceholder(message.getInstanceNode()))
                .map(ValidationMessage::getMessage)
                .distinct()
                .toList();
        List<String> causes =
                all.stream().filter(text -> !CONSEQUENCE.matcher(text).find()).toList();
        return causes.isEmpty() ? all : causes;
    }

    /** Camel takes {@code {{name}}} where the schema wants a number or a boolean. */
    private static boolean isPlaceholder(@Nullable JsonNode value) {
        return value != null && value.isTextual() && value.asText().matches("\\{\\{([^{}]|\\{\\{[^{}]+}})+}}");
    }
}
