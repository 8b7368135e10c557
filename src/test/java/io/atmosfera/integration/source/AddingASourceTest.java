package io.atmosfera.integration.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What docs/adding-a-source.md shows is what the example has and the platform does. */
class AddingASourceTest {

    private static final Path DOCUMENT = Path.of("docs/adding-a-source.md");
    private static final Path EXAMPLE = Path.of("examples/gitlab-issues");
    private static final Pattern SNIPPET = Pattern.compile("<!-- (\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("curl (?:-X (\\w+) )?\"?http://localhost:8080([^\"\\s?]+)");
    private static final Pattern FILE = Pattern.compile("`((?:src|examples|docs)/[\\w./-]+)`");

    private static List<MatchResult> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().toList();
    }

    @Test
    void itsSnippetsStandInTheFilesThatItNames() throws IOException {
        List<MatchResult> snippets = found(SNIPPET, DOCUMENT);

        assertThat(snippets).hasSize(3);
        for (MatchResult snippet : snippets) {
            assertThat(Files.readString(Path.of(snippet.group(1)))).contains(snippet.group(2));
        }
    }

    @Test
    void theFilesThatItNamesAreThere() throws IOException {
        assertThat(found(FILE, DOCUMENT)).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file.group(1)))
                .exists());
        assertThat(EXAMPLE.resolve("routes/gitlab/mapping/merge-requests.jq")).exists();
        long lines = Files.readString(EXAMPLE.resolve("routes/gitlab/gitlab.camel.yaml"))
                .lines()
                .count();
        assertThat(Files.readString(DOCUMENT)).contains("It is " + lines + " lines of YAML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/adding-a-source.md", "examples/gitlab-issues/README.md"})
    void itsCallsAreOfTheContract(String document) throws IOException {
        Map<String, Map<String, Map<String, Object>>> contract =
                new Yaml().load(Files.readString(Path.of("src/main/resources/openapi/integration-api.yaml")));
        Map<String, Map<String, Object>> paths = contract.getOrDefault("paths", Map.of());

        assertThat(found(CALL, Path.of(document))).isNotEmpty().allSatisfy(call -> {
            String method = call.group(1) == null ? "get" : call.group(1).toLowerCase(java.util.Locale.ROOT);
            String path = call.group(2).replace("/1/", "/{projectId}/").replace("/gitlab/", "/{source}/");
            assertThat(paths).containsKey(path);
            assertThat(paths.get(path)).containsKey(method);
        });
    }

    @Test
    void theCheckIsAskedForAsItSays() throws IOException {
        String command = "java -jar integration-platform.jar --check-routes=./routes";

        assertThat(Files.readString(DOCUMENT)).contains(command);
        assertThat(RoutesCheck.asked(command.split(" ")))
                .contains(Path.of("routes").resolveSibling("./routes"));
    }
}
