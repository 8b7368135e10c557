package io.atmosfera.integration.database;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrates the database, but works on none that a later version has migrated: Flyway alone lets that pass. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    @Bean
    FlywayMigrationStrategy migrateUnlessNewer() {
        return flyway -> {
            Optional<MigrationVersion> known = Arrays.stream(flyway.info().all())
                    .filter(migration -> migration.getState().isResolved())
                    .map(MigrationInfo::getVersion)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder());
            MigrationInfo current = flyway.info().current();
            if (current != null
                    && known.isPresent()
                    && current.getVersion() != null
                    && current.getVersion().isNewerThan(known.get())) {
                throw new NewerSchemaException(
                        current.getVersion().toString(), known.get().toString());
            }
            flyway.migrate();
        };
    }
}
