package io.atmosfera.integration.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** The statements under {@code sql/}, for those who run one outside of a route. */
public final class SqlFile {

    private SqlFile() {}

    /** The text of {@code sql/NAME.sql}. */
    public static String read(String name) {
        try {
            return new ClassPathResource("sql/" + name + ".sql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
