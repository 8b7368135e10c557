package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;

/** A start that cannot go well, and the words that it ends with. */
public final class FailedStart {

    private static final String HEADING = "APPLICATION FAILED TO START";

    private FailedStart() {}

    /**
     * Starts and gives what was said about the failure.
     *
     * @param source   the part of the platform to start: as little as fails
     * @param settings properties, as {@code name=value}
     */
    public static String of(CapturedOutput output, WebApplicationType type, Class<?> source, String... settings) {
        String[] arguments = Stream.of(settings).map(setting -> "--" + setting).toArray(String[]::new);
        Throwable failure = catchThrowable(() -> {
            try (var started = new SpringApplicationBuilder(source).web(type).run(arguments)) {
                started.getId();
            }
        });
        assertThat(failure).as("The start went well").isNotNull();
        String all = output.getOut();
        assertThat(all).contains(HEADING);
        String said = all.substring(all.indexOf(HEADING));
        assertThat(said).doesNotContain("io.atmosfera").doesNotContain("\tat ").doesNotContain("org.springframework");
        return said;
    }
}
