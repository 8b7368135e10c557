package io.atmosfera.integration.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * A PostgreSQL inside the platform's own process tree, its data kept under {@code platform.data-dir}; none where
 * {@code spring.datasource.url} names another.
 */
@Configuration(proxyBeanMethods = false)
@Profile({"sandbox", "embedded"})
// Matches only where the property is absent: no address is called "none".
@ConditionalOnProperty(name = "spring.datasource.url", havingValue = "none", matchIfMissing = true)
class EmbeddedDatabaseConfiguration {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    @Bean
    DataFolder dataFolder(PlatformData data) {
        try {
            Files.createDirectories(data.dataDir());
            return DataFolder.take(data.dataDir());
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + data.dataDir() + " cannot be used", e);
        }
    }

    @Bean(destroyMethod = "close")
    EmbeddedPostgres embeddedPostgres(PlatformData data, DataFolder folder) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.database())
                    .setCleanDataDirectory(false)
                    // A hook of its own would stop it beside the context, under those who still use it.
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_LIMIT)
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "1GB")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start in " + data.dataDir(), e);
        }
    }
}
