package io.atmosfera.integration.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** The pools: one for what the platform does by itself, one for requests, and none for migrations, which may take long. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int IDLE_CONNECTIONS_OF_REQUESTS = 2;

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(DataSourceProperties properties, ObjectProvider<EmbeddedPostgres> embedded) {
        EmbeddedPostgres postgres = embedded.getIfAvailable();
        if (postgres == null) {
            return properties
                    .initializeDataSourceBuilder()
                    .type(HikariDataSource.class)
                    .build();
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        return pool;
    }

    @Bean
    @Primary
    RequestDataSource requestDataSource(HikariDataSource dataSource, DatabaseProperties properties) {
        HikariConfig config = FurtherPool.like(dataSource, dataSource.getPoolName() + "-requests");
        config.setMaximumPoolSize(properties.requestConnections());
        config.setMinimumIdle(Math.min(IDLE_CONNECTIONS_OF_REQUESTS, properties.requestConnections()));
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "integration-platform requests");
        String limit = "SET statement_timeout = " + properties.requestTimeoutMs();
        String others = dataSource.getConnectionInitSql();
        config.setConnectionInitSql(others == null ? limit : others + "; " + limit);
        return new RequestDataSource(dataSource, new HikariDataSource(config));
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrations(HikariDataSource dataSource) {
        return new SimpleDriverDataSource(
                new Driver(), dataSource.getJdbcUrl(), dataSource.getUsername(), dataSource.getPassword());
    }
}
