package io.atmosfera.integration.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The beginnings of a pool beside the platform's, to the same database. */
public final class FurtherPool {

    private FurtherPool() {}

    /**
     * A configuration with the address, account and settings of another pool. Hikari's own copy would share the driver's
     * properties with it, so that one that is added here would count there, too.
     */
    public static HikariConfig like(HikariDataSource pool, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setUsername(pool.getUsername());
        config.setPassword(pool.getPassword());
        if (pool.getDriverClassName() != null) {
            config.setDriverClassName(pool.getDriverClassName());
        }
        config.setConnectionInitSql(pool.getConnectionInitSql());
        config.setConnectionTimeout(pool.getConnectionTimeout());
        config.setValidationTimeout(pool.getValidationTimeout());
        config.setMaxLifetime(pool.getMaxLifetime());
        config.setRegisterMbeans(pool.isRegisterMbeans());
        pool.getDataSourceProperties()
                .forEach((property, value) -> config.addDataSourceProperty(String.valueOf(property), value));
        return config;
    }
}
