package io.atmosfera.integration.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the parts of the Dockerfile promise each other; no container is built here. */
class DockerfileTest {

    private static final Pattern STAGE = Pattern.compile("(?m)^FROM \\S+ AS (\\S+)$");
    private static final Pattern TAKEN = Pattern.compile("COPY --from=(\\S+) (\\S+)");
    private static final Pattern OPTIONS = Pattern.compile("(?m)^ENV JAVA_TOOL_OPTIONS=\"(.*)\"$");

    private final String file;

    DockerfileTest() throws IOException {
        file = Files.readString(Path.of("Dockerfile"));
    }

    @Test
    void whatIsCopiedComesFromAStageBefore() {
        List<String> stages = matches(STAGE, 1);

        assertThat(stages).containsExactly("build", "application", "training");
        assertThat(matches(TAKEN, 1)).isNotEmpty().isSubsetOf(stages);
    }

    @Test
    void theArchiveOfTheTrainingIsWhatTheContainerStartsWith() {
        assertThat(file)
                .contains("WORKDIR /app\n")
                .contains("-XX:ArchiveClassesAtExit=platform.jsa -jar integration-platform.jar")
                .contains("COPY --from=training /app/platform.jsa ./")
                .contains("ENTRYPOINT [\"java\", \"-jar\", \"integration-platform.jar\"]");
        // Java refuses an archive that another collector has made.
        List<String> options = matches(OPTIONS, 1);
        assertThat(options).hasSize(2);
        assertThat(options.get(1)).isEqualTo("-XX:SharedArchiveFile=/app/platform.jsa " + options.get(0));
    }

    @Test
    void itRunsAsAUserWithoutRights() {
        String running = file.substring(file.lastIndexOf("\nFROM "));

        assertThat(running).contains("\nUSER 10001:10001\n");
    }

    private List<String> matches(Pattern pattern, int group) {
        return pattern.matcher(file)
                .results()
                .map((MatchResult found) -> found.group(group))
                .toList();
    }
}
