package io.atmosfera.integration.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/** The tables under {@code analysis/}: a row a line, its fields between tabulators, comments behind #. */
final class DataFile {

    private DataFile() {}

    static List<String[]> rows(String name) {
        try {
            return new ClassPathResource("analysis/" + name)
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
