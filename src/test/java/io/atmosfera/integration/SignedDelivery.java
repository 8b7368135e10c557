package io.atmosfera.integration;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Deliveries of webhooks as Jira and GitHub sign them. */
public final class SignedDelivery {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private SignedDelivery() {}

    /** What the sender puts into the header of the signature. */
    public static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A request without a signature. */
    public static HttpRequest.Builder plain(int port, String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    /** A delivery of Jira's. */
    public static HttpRequest.Builder jira(int port, String path, byte[] body, String secret, @Nullable String id) {
        HttpRequest.Builder request = plain(port, path, body)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature", sign(body, secret));
        return id == null ? request : request.header("X-Atlassian-Webhook-Identifier", id);
    }

    /** A delivery of GitHub's. */
    public static HttpRequest.Builder github(
            int port, String path, byte[] body, String secret, String event, String id) {
        return plain(port, path, body)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", sign(body, secret))
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", id);
    }
}
