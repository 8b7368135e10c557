package io.atmosfera.integration.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Connections beside the pool, for what keeps one for good: with the pool's address and account. */
@Component
class DirectConnections {

    private static final String CONNECT_SECONDS = "5";

    /** How long a statement may take. Waiting for notifications is not under it. */
    private static final String ANSWER_SECONDS = "10";

    private final HikariDataSource pool;

    DirectConnections(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Opens a connection, which belongs to the caller.
     *
     * @param purpose what pg_stat_activity shows behind the platform's name
     */
    Connection open(String purpose) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        if (pool.getUsername() != null) {
            properties.setProperty("user", pool.getUsername());
        }
        if (pool.getPassword() != null) {
            properties.setProperty("password", pool.getPassword());
        }
        properties.setProperty("ApplicationName", "integration-platform " + purpose);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }
}
