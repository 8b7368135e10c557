package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a receiver of every change of an issue, signed, as Jira's webhooks do: whole issue, changelog, an identifier that
 * stays the same when a delivery is tried again.
 */
final class WebhookSender implements IssueStore.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_ATTEMPTS = 5;
    private static final long PAUSE_SECONDS = 3;

    private final Site site;
    private final URI receiver;
    private final SecretKeySpec key;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final ScheduledExecutorService line = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "simulated-jira-webhooks");
        thread.setDaemon(true);
        return thread;
    });

    WebhookSender(Site site, URI receiver, String secret) {
        this.site = site;
        this.receiver = receiver;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    @Override
    public void changed(@Nullable StoredIssue before, @Nullable StoredIssue after) {
        StoredIssue issue = after != null ? after : before;
        if (issue == null || issue.raw()) {
            return;
        }
        String event =
                before == null ? "jira:issue_created" : after == null ? "jira:issue_deleted" : "jira:issue_updated";
        ObjectNode body = Json.object().put("timestamp", site.clock().millis()).put("webhookEvent", event);
        ObjectNode last = lastHistory(before, after);
        if (last != null) {
            body.set("user", last.path("author").deepCopy());
        }
        body.set("issue", site.renderer().render(issue, FieldSelection.EVERYTHING, Set.of(), 2));
        if (last != null) {
            ObjectNode changelog =
                    body.putObject("changelog").put("id", last.path("id").asText());
            changelog.set("items", (ArrayNode) last.path("items").deepCopy());
        }
        send(UUID.randomUUID().toString(), body.toString().getBytes(StandardCharsets.UTF_8), 1, 0);
    }

    void stop() {
        line.shutdownNow();
    }

    /** What was written into the changelog with this change; null where nothing was. */
    private static @Nullable ObjectNode lastHistory(@Nullable StoredIssue before, @Nullable StoredIssue after) {
        if (before == null || after == null) {
            return null;
        }
        int count = after.histories().size();
        return count > before.histories().size() ? after.histories().get(count - 1) : null;
    }

    private void send(String id, byte[] body, int attempt, long delaySeconds) {
        try {
            // Nobody waits for it: deliver() logs its own failures.
            Future<?> unused = line.schedule(() -> deliver(id, body, attempt), delaySeconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("A change after the shutdown is not delivered", stopped);
        }
    }

    private void deliver(String id, byte[] body, int attempt) {
        int status = 0;
        try {
            HttpRequest request = HttpRequest.newBuilder(receiver)
                    .timeout(LIMIT)
                    .header("Content-Type", "application/json")
                    .header("X-Atlassian-Webhook-Identifier", id)
                    .header("X-Hub-Signature", signature(body))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            LOG.debug("Delivery {} did not get through", id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        boolean again = status == 0 || status >= 500 || status == 429;
        if (again && attempt < MOST_ATTEMPTS) {
            send(id, body, attempt + 1, PAUSE_SECONDS);
        } else if (status < 200 || status >= 300) {
            LOG.debug("Delivery {} is given up after {} attempts, the last status was {}", id, attempt, status);
        }
    }

    private String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
