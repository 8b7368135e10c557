package io.atmosfera.integration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL of a test run, with a database of its own for every application context. */
public final class TestDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final EmbeddedPostgres POSTGRES = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    // What a test run loses in a power cut it can make again.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database and gives its JDBC address. */
    public static String create() {
        String name = "platform_" + COUNT.incrementAndGet();
        try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return POSTGRES.getJdbcUrl("postgres", name);
    }
}
