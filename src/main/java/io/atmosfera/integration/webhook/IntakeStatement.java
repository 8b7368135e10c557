package io.atmosfera.integration.webhook;

import io.atmosfera.integration.database.PackedPayload;
import io.atmosfera.integration.database.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code sql/webhook/intake-store.sql}: deliveries as columns, one statement for all that wait. */
final class IntakeStatement {

    private static final String STORE = SqlFile.read("webhook/intake-store");
    private static final String FIND = SqlFile.read("webhook/intake-find");

    private IntakeStatement() {}

    /** Stores the deliveries, and says of each what became of it. The connection commits by itself. */
    static List<Stored> store(Connection connection, List<Delivery> deliveries, int slot, double coalesceSeconds)
            throws SQLException {
        var stored = new @Nullable Stored[deliveries.size()];
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            int at = 1;
            at = set(connection, statement, at, "text", deliveries, Delivery::integrationType);
            at = set(connection, statement, at, "bigint", deliveries, Delivery::projectId);
            at = set(connection, statement, at, "text", deliveries, d -> d.envelope()
                    .eventType());
            at = set(connection, statement, at, "text", deliveries, d -> d.envelope()
                    .action());
            at = set(connection, statement, at, "text", deliveries, Delivery::deliveryId);
            at = set(connection, statement, at, "text", deliveries, d -> d.envelope()
                    .entity());
            at = set(connection, statement, at, "text", deliveries, Delivery::lane);
            at = setBytes(connection, statement, at, deliveries, d -> PackedPayload.pack(d.body(), 0, d.body().length));
            at = set(connection, statement, at, "integer", deliveries, d -> d.body().length);
            at = set(connection, statement, at, "boolean", deliveries, Delivery::isForm);
            at = setBytes(connection, statement, at, deliveries, Delivery::digest);
            at = set(connection, statement, at, "bigint", deliveries, Delivery::secretId);
            at = set(connection, statement, at, "text", deliveries, Delivery::traceId);
            at = set(connection, statement, at, "text", deliveries, Delivery::status);
            statement.setDouble(at, coalesceSeconds);
            statement.setInt(at + 1, slot);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int index = rows.getInt("number") - 1;
                    long id = rows.getLong("event_id");
                    if (!rows.wasNull()) {
                        stored[index] = new Stored(id, deliveries.get(index).ignored() ? "ignored" : "accepted");
                    }
                }
            }
        }
        List<Stored> answers = new ArrayList<>();
        for (int i = 0; i < stored.length; i++) {
            Stored fresh = stored[i];
            // A new look: what another writer stored a moment ago is not to be seen within the statement.
            answers.add(fresh == null ? find(connection, deliveries.get(i), slot) : fresh);
        }
        return answers;
    }

    /** What was here before: a duplicate, unless the delivery revives a dead letter. */
    private static Stored find(Connection connection, Delivery delivery, int slot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            Long project = delivery.projectId();
            statement.setLong(1, project == null ? 0 : project);
            statement.setString(2, delivery.integrationType());
            statement.setString(3, delivery.deliveryId());
            statement.setBytes(4, delivery.digest());
            statement.setInt(5, slot);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Stored(row.getLong("event_id"), row.getBoolean("revived") ? "accepted" : "duplicate")
                        : new Stored(0, "duplicate");
            }
        }
    }

    private static int set(
            Connection connection,
            PreparedStatement statement,
            int at,
            String type,
            List<Delivery> deliveries,
            Function<Delivery, @Nullable Object> column)
            throws SQLException {
        Object[] values = deliveries.stream().map(column).toArray();
        statement.setArray(at, connection.createArrayOf(type, values));
        return at + 1;
    }

    private static int setBytes(
            Connection connection,
            PreparedStatement statement,
            int at,
            List<Delivery> deliveries,
            Function<Delivery, byte[]> column)
            throws SQLException {
        byte[][] values = deliveries.stream().map(column).toArray(byte[][]::new);
        statement.setArray(at, connection.createArrayOf("bytea", values));
        return at + 1;
    }
}
