package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders know only those below them, and docs/architecture.md says what is so. */
class LayersTest {

    private static final PlatformFiles REPOSITORY = PlatformFiles.ofRepository();
    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+/[\\w/.-]+\\.(?:yaml|jq|sql|java))`");
    private static final int MOST_FILES_OF_A_JOURNEY = 12;
    private static final int MOST_CLASSES_OF_A_JOURNEY = 8;

    @Test
    void aFolderCallsOnlyWhatItsLayerAllows() {
        assertThat(Layers.breaches(REPOSITORY)).isEmpty();
    }

    @Test
    void aCallOfALayerAboveIsFound() {
        PlatformFiles upwards = PlatformFiles.none()
                .withRoute(
                        "routes/jira/tea.camel.yaml",
                        """
                        - route:
                            from:
                              id: from-tea
                              uri: direct:tea
                        """)
                .withRoute("routes/sync/cup.camel.yaml", "- to: { id: cup-tea, uri: 'direct:tea' }")
                .withRoute(
                        "routes/http/pot.camel.yaml", "- to: { id: pot-tea, uri: 'sql:classpath:sql/jira/tea.sql' }");
        assertThat(Layers.breaches(upwards)).containsExactly("http calls jira", "sync calls jira");
    }

    @Test
    void aTableIsWrittenByOneFolder() {
        assertThat(Layers.writers(REPOSITORY).keySet())
                .as(() -> Layers.writers(REPOSITORY).toString())
                .filteredOn(table -> !Layers.WRITTEN_BY_MANY.matcher(table).matches())
                .containsExactlyInAnyOrderElementsOf(Layers.STILL_WRITTEN_BY_MORE);
    }

    @Test
    void aSecondWriterIsFound() {
        PlatformFiles two = PlatformFiles.none()
                .withSql("sql/tea/brew.sql", "-- Brews.\nINSERT INTO teas (name) VALUES ('x')")
                .withSql("sql/milk/pour.sql", "-- Pours.\nUPDATE teas SET milk = true");
        assertThat(Layers.writers(two)).containsOnlyKeys("teas");
        assertThat(Layers.writers(two).get("teas")).containsExactly("milk", "tea");
    }

    @Test
    void thePictureIsThatOfTheFiles() throws IOException {
        assertThat(Files.readString(PAGE)).contains("```mermaid\n" + Layers.picture(REPOSITORY) + "```");
    }

    @Test
    void everyFileThatThePageNamesIsThere() throws IOException {
        assertThat(named(Files.readString(PAGE)))
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(file(name)).as(name).exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A ticket, ", "An event, ", "A commit, ", "A request, "})
    void aJourneyIsShort(String journey) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("## " + journey);
        List<String> files = named(page.substring(begin, page.indexOf("\n## ", begin)));
        assertThat(files).filteredOn(name -> !name.endsWith(".java")).hasSizeBetween(4, MOST_FILES_OF_A_JOURNEY);
        assertThat(files).filteredOn(name -> name.endsWith(".java")).hasSizeBetween(4, MOST_CLASSES_OF_A_JOURNEY);
    }

    private static List<String> named(String text) {
        return NAMED.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Path file(String name) {
        return name.endsWith(".java")
                ? Path.of("src/main/java/io/atmosfera/integration", name)
                : Path.of("src/main/resources", name);
    }
}
