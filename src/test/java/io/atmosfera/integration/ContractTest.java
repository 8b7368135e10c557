package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.atmosfera.integration.http.Contract;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract is valid. */
class ContractTest {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Path FILE = Path.of("src/main/resources", Contract.LOCATION);

    private static final JsonNode CONTRACT = read();

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
