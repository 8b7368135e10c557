package io.atmosfera.integration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** The one PostgreSQL of a test run, with a database of its own for each application context. */
public final class TestDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final EmbeddedPostgres POSTGRES = start();

    private static final String TEMPLATE = migrated();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    // What a test run loses in a power cut it can make again.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Migrates one database, which all others are copies of: that costs a tenth of migrating each. */
    private static String migrated() {
        String name = "platform_template";
        String address = make(name, "template1");
        Flyway.configure()
                .dataSource(address, "postgres", "")
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return name;
    }

    /** Makes a database that has the platform's tables and no rows, and gives its JDBC address. */
    public static String create() {
        return make("platform_" + COUNT.incrementAndGet(), TEMPLATE);
    }

    /** Makes a database without any table and gives its JDBC address. */
    public static String createEmpty() {
        return make("platform_" + COUNT.incrementAndGet(), "template1");
    }

    private static String make(String name, String template) {
        try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return POSTGRES.getJdbcUrl("postgres", name);
    }
}
