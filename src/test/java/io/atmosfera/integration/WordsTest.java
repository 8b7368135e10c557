package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users and operators read keeps to the words of {@code docs/glossary.md}. */
class WordsTest {

    private static final Pattern UNUSED = Pattern.compile(
            "(?i)(?<![-\\w])(walk(s|ed|ing)?|census(es)?|stamps?|set aside|news|anew|(is|are) told|where there (is|are)"
                    + "|so that nobody)(?![-\\w])");

    /** Of these files only what is shown: a description, a log message, a text of the console. */
    private static final Pattern SHOWN_IN_ROUTES = Pattern.compile("^\\s*(?:description|message):\\s*(.*)$");

    private static final Pattern SHOWN_IN_JAVA = Pattern.compile("LOG\\.\\w+\\([^\"]*\"([^\"]*)\"");
    private static final Pattern SHOWN_IN_CONSOLE = Pattern.compile("[\"'`>]([^\"'`<>]* [^\"'`<>]*)[\"'`<]");
    private static final Pattern ALL = Pattern.compile("(.*)");

    @Test
    void documentsUseTheGlossary() throws IOException {
        assertThat(unused(Path.of("README.md"), "", ALL)).isEmpty();
    }

    @Test
    void theContractUsesTheGlossary() throws IOException {
        assertThat(unused(Path.of("src/main/resources/openapi"), ".yaml", ALL)).isEmpty();
    }

    @Test
    void descriptionsAndLogMessagesOfRoutesUseTheGlossary() throws IOException {
        assertThat(unused(Path.of("src/main/resources/routes"), ".yaml", SHOWN_IN_ROUTES))
                .isEmpty();
    }

    @Test
    void logMessagesUseTheGlossary() throws IOException {
        assertThat(unused(Path.of("src/main/java"), ".java", SHOWN_IN_JAVA)).isEmpty();
    }

    @Test
    void theConsoleUsesTheGlossary() throws IOException {
        assertThat(unused(Path.of("src/main/resources/console"), ".js", SHOWN_IN_CONSOLE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    description: Walks a list.",
                "    message: \"The census is done\"",
                "    description: Reads news.",
                "    description: Where there is one, it is told."
            })
    void aWordThatIsNotUsedIsFound(String line) {
        assertThat(SHOWN_IN_ROUTES.matcher(line).results().anyMatch(shown -> UNUSED.matcher(shown.group(1))
                        .find()))
                .isTrue();
    }

    private static List<String> unused(Path root, String ending, Pattern shown) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    shown.matcher(line)
                            .results()
                            .map(text -> text.group(1))
                            .filter(text -> UNUSED.matcher(text).find())
                            .forEach(text -> found.add(file + ": " + text.strip()));
                }
            }
        }
        return found;
    }
}
