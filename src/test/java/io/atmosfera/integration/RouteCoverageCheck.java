package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No route has a step that no test reaches. Not named *Test: Maven runs it after all others, as the execution
 * {@code route-coverage}, and leaves it out where -Dtest asks for some tests only.
 */
class RouteCoverageCheck {

    private final String folder = System.getProperty(RouteCoverage.FOLDER_PROPERTY, "");

    @BeforeEach
    void needsAllTests() {
        assumeTrue(!folder.isEmpty(), "Only Maven runs all tests before this one.");
    }

    @Test
    void everyStepIsReachedBySomeTest() {
        assertThat(Path.of(folder)).as("No test reached any step.").isDirectory();
        Set<String> reached = RouteCoverage.reached(Path.of(folder));

        // Camel shows interceptors what is inside of a doTry, but not the doTry.
        assertThat(PlatformFiles.ofRepository()
                        .routeNodes()
                        .filter(step -> step.isStep() && !step.key().equals("doTry")))
                .as("Steps that no test reaches")
                .filteredOn(step -> !reached.contains(step.text("id")) && !isOptionalPart(step, reached))
                .isEmpty();
    }

    /** What the platform adds to a source that is files need not all be of use to it, only to some source. */
    private static boolean isOptionalPart(YamlNode step, Set<String> reached) {
        if (!step.file().startsWith(RouteTemplates.PARTS)) {
            return false;
        }
        String source = step.file().substring(RouteTemplates.PARTS.length()).split(" ")[0];
        String part = step.text("id").substring(source.length());
        return reached.stream().anyMatch(id -> id.endsWith(part));
    }
}
