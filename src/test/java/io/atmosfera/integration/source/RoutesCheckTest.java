package io.atmosfera.integration.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --check-routes}: what a user runs who has no compiler. */
class RoutesCheckTest {

    static final Path EXAMPLE = Path.of("examples/gitlab-issues/routes");

    @TempDir
    private Path folder;

    /** A copy of the example's folder, to be spoilt. */
    static Path copyOfExample(Path into) {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = into.resolve(EXAMPLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void replace(Path file, String good, String bad) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(good);
        Files.writeString(file, text.replace(good, bad));
    }

    private static String check(int code, Path folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int exit = RoutesCheck.of(folder, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(said).isEqualTo(code);
        return said;
    }

    @Test
    void theExamplePasses() {
        assertThat(check(0, EXAMPLE))
                .contains("gitlab/gitlab.camel.yaml has 3 routes")
                .contains("mapping/issues.jq gives what 1 of its tests expect")
                .contains("mapping/merge-requests.jq gives what 1 of its tests expect")
                .contains("All is well.");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "gitlab.camel.yaml | routeTemplateRef: stream | routeTemplateRef: streams | RouteTemplate with id streams",
                "gitlab.camel.yaml | - name: mark | - brand: mark | brand",
                "gitlab.camel.yaml | issues,merge-requests | issues,notes | stream notes has no route gitlab-stream-notes",
                "gitlab.camel.yaml | parameter('updated_after')} | parameter('updated_after') | is no simple expression",
                "gitlab.camel.yaml | - templatedRoute: | templatedRoute: | it has to be a list of routes",
                "mapping/issues.jq | .milestone.title | .milestone.title) | issues.jq is no jq",
                "mapping/issues.jq | .milestone.title | .milestone.name | [0].milestone is null, and not \"Spring\"",
                "mapping/issues.jq | .author.username | .author | a author that is no text",
                "mapping/issues.jq | .author.username | .title.username | cannot read issues.input.json: Cannot index string",
            })
    void whatIsWrongIsSaid(String file, String good, String bad, String said) throws IOException {
        Path gitlab = copyOfExample(folder).resolve("gitlab");
        replace(gitlab.resolve(file), good, bad);

        assertThat(check(1, folder)).contains("WRONG: ").contains(file).contains(said);
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertThat(check(1, folder)).contains("has no *.camel.yaml");
        assertThat(check(1, folder.resolve("nowhere"))).contains("is no folder");

        Path mapping = copyOfExample(folder).resolve("gitlab/mapping");
        Files.delete(mapping.resolve("tests/issues.expected.json"));
        Files.delete(mapping.resolve("merge-requests.jq"));
        assertThat(check(1, folder))
                .contains("issues.expected.json is not there")
                .contains("merge-requests.jq is not there")
                .contains("2 to be corrected.");
    }

    @Test
    void aMappingWithoutATestIsSaidToHaveNone() throws IOException {
        Path tests = copyOfExample(folder).resolve("gitlab/mapping/tests");
        Files.delete(tests.resolve("issues.input.json"));

        assertThat(check(0, folder)).contains("issues.jq can be read; it has no tests/issues.input.json");
    }

    @Test
    void onlyTheArgumentAsksForIt() {
        assertThat(RoutesCheck.asked("--server.port=1")).isEmpty();
        assertThat(RoutesCheck.asked("--check-routes")).contains(Path.of("./routes"));
        assertThat(RoutesCheck.asked("--server.port=1", "--check-routes=elsewhere"))
                .contains(Path.of("elsewhere"));
    }
}
