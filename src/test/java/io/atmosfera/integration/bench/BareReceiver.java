package io.atmosfera.integration.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The yardstick: a bare Undertow handler that verifies a delivery and inserts one row for it. Arguments: port, JDBC URL,
 * secret.
 */
final class BareReceiver {

    private BareReceiver() {}

    public static void main(String[] arguments) throws Exception {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(arguments[1]);
        pool.setMaximumPoolSize(10);
        try (Connection connection = pool.getConnection()) {
            connection
                    .createStatement()
                    .execute("DROP TABLE IF EXISTS bare_events; CREATE TABLE bare_events (id bigserial PRIMARY KEY,"
                            + " integration_type text NOT NULL, event_type text NOT NULL, delivery_id text NOT NULL,"
                            + " payload jsonb NOT NULL, signature text, status text DEFAULT 'pending',"
                            + " created_at timestamptz DEFAULT now(), UNIQUE (integration_type, delivery_id))");
        }
        SecretKeySpec key = new SecretKeySpec(arguments[2].getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setWorkerThreads(32)
                .setHandler(exchange -> exchange.dispatch(() -> handle(exchange, pool, key)))
                .build()
                .start();
    }

    private static void handle(HttpServerExchange exchange, HikariDataSource pool, SecretKeySpec key) {
        try {
            exchange.startBlocking();
            byte[] body = exchange.getInputStream().readAllBytes();
            boolean github = exchange.getRequestPath().endsWith("github");
            var headers = exchange.getRequestHeaders();
            String given = headers.getFirst(github ? "X-Hub-Signature-256" : "X-Hub-Signature");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            if (!MessageDigest.isEqual(HexFormat.of().parseHex(given.substring(7)), mac.doFinal(body))) {
                exchange.setStatusCode(401).endExchange();
                return;
            }
            try (Connection connection = pool.getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO bare_events (integration_type, event_type, delivery_id, payload, signature)"
                                    + " VALUES (?, ?, ?, ?::jsonb, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, github ? "github" : "jira");
                insert.setString(2, github ? headers.getFirst("X-GitHub-Event") : "jira:issue_updated");
                insert.setString(3, headers.getFirst(github ? "X-GitHub-Delivery" : "X-Atlassian-Webhook-Identifier"));
                insert.setString(4, new String(body, StandardCharsets.UTF_8));
                insert.setString(5, given);
                insert.executeUpdate();
            }
            exchange.setStatusCode(202);
            exchange.getResponseSender().send("{\"status\":\"accepted\"}");
        } catch (Exception e) {
            exchange.setStatusCode(500).endExchange();
        }
    }
}
