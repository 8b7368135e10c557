package io.atmosfera.integration.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/** A PostgreSQL with its default settings for a bench. Arguments: port, data folder. Ends with its process. */
final class BenchPostgres {

    private BenchPostgres() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setPort(Integer.parseInt(arguments[0]))
                .setDataDirectory(Path.of(arguments[1]))
                .start();
        System.out.println(postgres.getJdbcUrl("postgres", "postgres"));
        Thread.currentThread().join();
    }
}
