package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers events to hooks, once each, in their order, as GitHub does: what fails is sent again only where it is asked for. */
final class HookSender {

    private static final Logger LOG = LoggerFactory.getLogger(HookSender.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Clock clock;
    private final AtomicLong ids;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final ExecutorService line = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "simulated-github-webhooks");
        thread.setDaemon(true);
        return thread;
    });

    HookSender(Clock clock) {
        this.clock = clock;
        this.ids = new AtomicLong(clock.millis());
    }

    void stop() {
        line.shutdownNow();
    }

    /** Delivers something new. */
    void send(Hook hook, String event, String action, String payload) {
        enqueue(hook, event, action, UUID.randomUUID().toString(), payload, false);
    }

    /** Delivers once more what was delivered before, by the same GUID. */
    void again(Hook hook, Hook.Delivery delivery) {
        ObjectNode json = delivery.json();
        String action = json.path("action").asText("");
        enqueue(hook, json.path("event").asText(), action, json.path("guid").asText(), delivery.payload(), true);
    }

    private void enqueue(Hook hook, String event, String action, String guid, String payload, boolean again) {
        try {
            line.execute(() -> deliver(hook, event, action, guid, payload, again));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("An event after the shutdown is not delivered", stopped);
        }
    }

    private void deliver(Hook hook, String event, String action, String guid, String payload, boolean again) {
        Instant begin = clock.instant();
        int status = 0;
        try {
            status = http.send(request(hook, event, guid, payload), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("Delivery {} did not get through", guid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        ObjectNode json = Json.object()
                .put("id", ids.incrementAndGet())
                .put("guid", guid)
                .put("delivered_at", begin.toString())
                .put("redelivery", again)
                .put("duration", Duration.between(begin, clock.instant()).toMillis() / 1000.0)
                .put(
                        "status",
                        status == 0
                                ? "failed to connect to host"
                                : status / 100 == 2 ? "OK" : "Invalid HTTP Response: " + status)
                .put("status_code", status)
                .put("event", event)
                .put("action", action.isEmpty() ? null : action)
                .putNull("installation_id")
                .put("repository_id", Shapes.REPOSITORY_ID);
        hook.note(new Hook.Delivery(json, payload));
    }

    private static HttpRequest request(Hook hook, String event, String guid, String payload) {
        String body = hook.isForm() ? "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8) : payload;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hook.url()))
                .timeout(LIMIT)
                .header("User-Agent", "GitHub-Hookshot/sandbox")
                .header("Content-Type", hook.isForm() ? "application/x-www-form-urlencoded" : "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", guid)
                .header("X-GitHub-Hook-ID", String.valueOf(hook.id()))
                .header("X-GitHub-Hook-Installation-Target-Type", "repository")
                .header("X-GitHub-Hook-Installation-Target-ID", String.valueOf(Shapes.REPOSITORY_ID))
                .POST(BodyPublishers.ofByteArray(bytes));
        return (hook.secret().isEmpty()
                        ? request
                        : request.header("X-Hub-Signature-256", signature(hook.secret(), bytes)))
                .build();
    }

    private static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
