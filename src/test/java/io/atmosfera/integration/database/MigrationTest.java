package io.atmosfera.integration.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atmosfera.integration.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A platform works on no database that a later version of it has migrated. */
class MigrationTest {

    @Test
    void theSchemaOfALaterVersionIsRefused() {
        DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.createEmpty());
        Flyway flyway = Flyway.configure().dataSource(database).load();
        FlywayMigrationStrategy strategy = new MigrationConfiguration().migrateUnlessNewer();
        strategy.migrate(flyway);
        strategy.migrate(flyway);
        JdbcClient.create(database)
                .sql("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) SELECT max(installed_rank) + 1, '9999', 'later', 'SQL',"
                        + " 'V9999__later.sql', 1, 'later', 1, true FROM flyway_schema_history")
                .update();

        assertThatThrownBy(() -> strategy.migrate(flyway))
                .isInstanceOf(NewerSchemaException.class)
                .hasMessageContaining("a later version of the platform: 9999, where this version knows ");
    }
}
