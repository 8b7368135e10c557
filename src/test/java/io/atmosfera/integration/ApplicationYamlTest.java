package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** application.yaml is the reference of the platform's own knobs: each stands there, with a comment. */
class ApplicationYamlTest {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    private final String configuration = PlatformFiles.ofRepository().configuration();

    @Test
    void everyKnobStandsInIt() throws IOException {
        assertThat(knobs()).isNotEmpty();
        assertThat(lines(configuration)).containsKeys(knobs().toArray(String[]::new));
    }

    @Test
    void everyKnobIsExplained() throws IOException {
        Map<String, Integer> lines = lines(configuration);

        assertThat(knobs().filter(lines::containsKey)
                        .filter(knob -> !isExplained(configuration, lines.getOrDefault(knob, 0))))
                .as("Knobs without a comment beside or above them")
                .isEmpty();
    }

    @Test
    void aKnobWithoutACommentIsFound() {
        String yaml =
                """
                platform:
                  # How many cups.
                  cups: 1
                  milk: true # or without
                  sugar: none
                """;

        assertThat(isExplained(yaml, lines(yaml).getOrDefault("platform.cups", 0)))
                .isTrue();
        assertThat(isExplained(yaml, lines(yaml).getOrDefault("platform.milk", 0)))
                .isTrue();
        assertThat(isExplained(yaml, lines(yaml).getOrDefault("platform.sugar", 0)))
                .isFalse();
    }

    private static Stream<String> knobs() throws IOException {
        JsonNode properties = new ObjectMapper().readTree(METADATA.toFile()).path("properties");
        return StreamSupport.stream(properties.spliterator(), false)
                .map(property -> property.path("name").asText())
                .filter(name -> name.startsWith("platform."));
    }

    /** The names of all values and of what holds them, each with its line. */
    private static Map<String, Integer> lines(String yaml) {
        Map<String, Integer> lines = new TreeMap<>();
        collect(new Yaml().compose(new StringReader(yaml)), "", lines);
        return lines;
    }

    private static void collect(Node node, String name, Map<String, Integer> lines) {
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = name + ((ScalarNode) entry.getKeyNode()).getValue();
            // A knob may be a map, such as one by sources.
            lines.put(key, entry.getKeyNode().getStartMark().getLine());
            collect(entry.getValueNode(), key + ".", lines);
        }
    }

    private static boolean isExplained(String yaml, int line) {
        String[] lines = yaml.split("\n");
        return lines[line].contains(" # ")
                || (line > 0 && lines[line - 1].strip().startsWith("# "));
    }
}
