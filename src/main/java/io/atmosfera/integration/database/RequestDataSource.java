package io.atmosfera.integration.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Gives a request a connection of the requests' own pool, and everything else one of the platform's. */
class RequestDataSource extends AbstractDataSource implements AutoCloseable {

    private final HikariDataSource platform;
    private final HikariDataSource requests;

    RequestDataSource(HikariDataSource platform, HikariDataSource requests) {
        this.platform = platform;
        this.requests = requests;
    }

    @Override
    public Connection getConnection() throws SQLException {
        RequestScope request = RequestScope.current();
        return request == null ? platform.getConnection() : request.connection(requests);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return platform.getConnection(username, password);
    }

    @Override
    public void close() {
        requests.close();
    }
}
