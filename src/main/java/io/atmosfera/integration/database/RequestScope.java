package io.atmosfera.integration.database;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one request has of the database, on the thread that answers it. A request that is given up ends its statement, and
 * gets no other.
 */
public final class RequestScope implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestScope.class);
    private static final ThreadLocal<RequestScope> CURRENT = new ThreadLocal<>();

    /** As PostgreSQL says it of a statement that was cancelled. */
    public static final String CANCELLED = "57014";

    private final @Nullable RequestScope outer = CURRENT.get();
    private final Set<Connection> connections = new HashSet<>();
    private boolean givenUp;

    private RequestScope() {}

    /** Begins a request on this thread; closing it ends it. */
    public static RequestScope begin() {
        RequestScope scope = new RequestScope();
        CURRENT.set(scope);
        return scope;
    }

    static @Nullable RequestScope current() {
        return CURRENT.get();
    }

    /**
     * Lets the rest of the request run on the platform's own connections with their longer limit: for what takes as long as
     * there are rows, and has to be done whether somebody waits for the answer or not.
     */
    public static void leave() {
        CURRENT.remove();
    }

    Connection connection(HikariDataSource pool) throws SQLException {
        Connection connection = pool.getConnection();
        synchronized (this) {
            if (!givenUp) {
                connections.add(connection);
                return released(connection);
            }
        }
        connection.close();
        throw new SQLException("The request was given up", CANCELLED);
    }

    /** The connection, which leaves the request when it is closed. */
    private Connection released(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                RequestScope.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        synchronized (this) {
                            connections.remove(connection);
                        }
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    /** Gives the request up: its statement is cancelled, and it gets no connection any more. From any thread. */
    public synchronized void giveUp() {
        givenUp = true;
        cancelStatements();
    }

    /**
     * Cancels the statement that runs, if any; its transaction is rolled back. The request may go on: what it has changed in
     * another system may have to be written down, or taken back. From any thread.
     */
    public synchronized void cancelStatements() {
        for (Connection connection : connections) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                LOG.debug("A statement could not be cancelled; its own limit ends it", e);
            }
        }
    }

    /** Ends it; the thread may go on with another. */
    @Override
    public synchronized void close() {
        givenUp = true;
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
