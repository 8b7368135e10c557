package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.atmosfera.integration.http.Contract;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract is valid, and says of everything in it what it is. */
class ContractTest {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Path FILE = Path.of("src/main/resources", Contract.LOCATION);
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String SCHEMAS = "#/components/schemas/";

    private static final JsonNode CONTRACT = read();

    /** As requests are looked at; what the contract does not name is left to requests. */
    private static final SchemaValidator API = new SchemaValidator(
            new OpenAPIV3Parser().read(Contract.LOCATION),
            new MessageResolver(LevelResolver.create()
                    .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                    .build()));

    private static JsonNode read() {
        try {
            return YAML.readTree(Files.readString(FILE));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Finds members that OpenAPI does not know. */
    @Test
    void itIsValidOpenApi() {
        assertThat(new OpenAPIV3Parser()
                        .readLocation(Contract.LOCATION, null, null)
                        .getMessages())
                .isEmpty();
    }

    /** A comma in a text that is not quoted makes a member of what follows it, without a value. */
    @Test
    void everyMemberHasAValue() throws IOException {
        String broken = Files.readString(FILE)
                .replace(
                        "description: \"Connection, syncs and tickets\"", "description: Connection, syncs and tickets");

        assertThat(withoutValue(CONTRACT, "")).isEmpty();
        assertThat(withoutValue(YAML.readTree(broken), "")).containsExactly("/tags/1/syncs and tickets");
    }

    /** OpenAPI gives nullable a meaning only beside a type. */
    @Test
    void whatMayBeNullHasAType() {
        assertThat(CONTRACT.findParents("nullable").stream().filter(schema -> !schema.has("type")))
                .isEmpty();
    }

    private static List<String> withoutValue(JsonNode node, String path) {
        List<String> found = new ArrayList<>();
        if (node.isNull() && !path.contains("/example/") && !path.contains("/enum/")) {
            found.add(path);
        }
        node.properties()
                .forEach(member -> found.addAll(withoutValue(member.getValue(), path + "/" + member.getKey())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.addAll(withoutValue(node.path(i), path + "/" + i));
        }
        return found;
    }

    @Test
    void everyOperationAndParameterIsDescribed() {
        List<String> silent = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : CONTRACT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    String id = operation.getValue().path("operationId").asText();
                    for (String text : List.of("summary", "description")) {
                        if (operation.getValue().path(text).asText().isBlank()) {
                            silent.add(id + " has no " + text);
                        }
                    }
                    for (JsonNode parameter : operation.getValue().path("parameters")) {
                        if (parameter.path("description").asText().isBlank()) {
                            silent.add(id + " " + parameter.path("name").asText());
                        }
                    }
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void everySchemaAndPropertyIsDescribed() {
        List<String> silent = new ArrayList<>();
        CONTRACT.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().path("description").asText().isBlank()) {
                silent.add(schema.getKey());
            }
            findSilent(schema.getValue(), schema.getKey(), silent);
        });
        assertThat(silent).isEmpty();
    }

    private static void findSilent(JsonNode schema, String path, List<String> silent) {
        if (schema.isMissingNode()) {
            return;
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = path + "." + property.getKey();
            if (!property.getValue().has("$ref")
                    && property.getValue().path("description").asText().isBlank()) {
                silent.add(name);
            }
            findSilent(property.getValue(), name, silent);
        }
        findSilent(schema.path("items"), path, silent);
        findSilent(schema.path("additionalProperties"), path, silent);
        schema.path("allOf").forEach(part -> findSilent(part, path, silent));
    }

    /** A body's example stands with its schema, and is one. */
    @Test
    void everyBodyHasAnExampleThatFits() {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : CONTRACT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String id = operation.getValue().path("operationId").asText();
                look(operation.getValue().at("/requestBody/content"), id, wrong);
                operation.getValue().path("responses").forEach(answer -> look(answer.path("content"), id, wrong));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void look(JsonNode content, String operation, List<String> wrong) {
        for (Map.Entry<String, JsonNode> type : content.properties()) {
            JsonNode schema = type.getValue().path("schema");
            String reference =
                    schema.path("$ref").asText(schema.at("/items/$ref").asText());
            JsonNode example = type.getValue().path("example");
            if (reference.isEmpty()) {
                if (example.isMissingNode() && !schema.path("format").asText().equals("binary")) {
                    wrong.add(operation + " " + type.getKey() + ": no schema of a name, and no example");
                }
                continue;
            }
            String name = reference.substring(SCHEMAS.length());
            JsonNode shown = CONTRACT.at("/components/schemas/" + name + "/example");
            if (shown.isMissingNode()) {
                wrong.add(operation + ": " + name + " has no example");
            } else {
                API.validate(shown.toString(), new Schema<>().$ref(reference), name).getMessages().stream()
                        .map(ValidationReport.Message::getMessage)
                        .forEach(message -> wrong.add(name + " " + message));
            }
        }
    }

    /** What can be stored can be patched, within the same limits. */
    @ParameterizedTest
    @CsvSource({"JiraConfig", "GitHubConfig", "SourceConfig"})
    void aPatchKnowsEveryMemberOfItsConfiguration(String name) {
        JsonNode whole = CONTRACT.at("/components/schemas/" + name + "Input/properties");
        JsonNode patch = CONTRACT.at("/components/schemas/" + name + "Patch/properties");

        assertThat(patch.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(
                        whole.properties().stream().map(Map.Entry::getKey).toList());
        whole.properties().forEach(member -> {
            for (String limit :
                    List.of("type", "pattern", "minLength", "maxLength", "minimum", "maximum", "maxItems")) {
                if (member.getValue().has(limit)) {
                    assertThat(patch.path(member.getKey()).path(limit))
                            .as(member.getKey() + " " + limit)
                            .isEqualTo(member.getValue().path(limit));
                }
            }
        });
    }
}
