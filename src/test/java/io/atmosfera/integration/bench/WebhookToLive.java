package io.atmosfera.integration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How long it takes from a webhook to the message that a WebSocket client gets of it. Arguments: base address, token,
 * secret, project, deliveries, deliveries a second, the site.
 */
final class WebhookToLive {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx");

    private WebhookToLive() {}

    public static void main(String[] a) throws Exception {
        int count = Integer.parseInt(a[4]);
        int rate = Integer.parseInt(a[5]);
        // Issues that no former run has brought: what brings nothing new is told to nobody.
        long first = 70_000_000 + System.currentTimeMillis() % 1_000_000_000 * 10_000;
        Map<String, Long> arrived = new ConcurrentHashMap<>();
        Map<String, Long> sent = new ConcurrentHashMap<>();
        HttpClient http = HttpClient.newHttpClient();
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("bearer", a[1])
                .buildAsync(
                        URI.create(a[0].replace("http", "ws") + "/ws/updates?projectId=" + a[3]),
                        new WebSocket.Listener() {
                            private final StringBuilder text = new StringBuilder();

                            @Override
                            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                                text.append(data);
                                if (last) {
                                    long now = System.nanoTime();
                                    try {
                                        JsonNode message = JSON.readTree(text.toString());
                                        if (message.path("type").asText().equals("jira_update")) {
                                            arrived.putIfAbsent(
                                                    message.path("jiraId").asText(), now);
                                        }
                                    } catch (Exception e) {
                                        e.printStackTrace();
                                    }
                                    text.setLength(0);
                                }
                                from.request(1);
                                return null;
                            }
                        })
                .get(10, TimeUnit.SECONDS);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(a[2].getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var clock = Executors.newScheduledThreadPool(8);
        for (int i = 0; i < count; i++) {
            String id = String.valueOf(first + i);
            byte[] body = body(id, a[6]).getBytes(StandardCharsets.UTF_8);
            HttpRequest request = HttpRequest.newBuilder(URI.create(a[0] + "/api/webhooks/jira"))
                    .header("Content-Type", "application/json")
                    .header("X-Hub-Signature", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)))
                    .header("X-Atlassian-Webhook-Identifier", "live-" + id)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            clock.schedule(
                    () -> {
                        sent.put(id, System.nanoTime());
                        return http.send(request, BodyHandlers.discarding());
                    },
                    1_000_000L + i * 1_000_000L / rate,
                    TimeUnit.MICROSECONDS);
        }
        long limit = System.nanoTime() + Duration.ofSeconds(count / rate + 20).toNanos();
        while (arrived.size() < count && System.nanoTime() < limit) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        clock.shutdownNow();
        socket.abort();
        long[] micros = arrived.entrySet().stream()
                .filter(entry -> sent.containsKey(entry.getKey()))
                .mapToLong(entry -> (entry.getValue() - sent.getOrDefault(entry.getKey(), 0L)) / 1000)
                .sorted()
                .toArray();
        System.out.printf(
                "webhook to WebSocket: %d of %d at %d/s, p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, max %.0f ms%n",
                micros.length,
                count,
                rate,
                micros[micros.length / 2] / 1e3,
                micros[(int) (micros.length * 0.95)] / 1e3,
                micros[(int) (micros.length * 0.99)] / 1e3,
                Arrays.stream(micros).max().orElse(0) / 1e3);
        System.exit(0);
    }

    private static String body(String id, String site) {
        String now = OffsetDateTime.now(ZoneOffset.UTC).format(STAMP);
        return """
                {"timestamp": %d, "webhookEvent": "jira:issue_updated", "user": {"displayName": "Ann Lee"},
                 "issue": {"id": "%s", "self": "%s/rest/api/2/issue/%s", "key": "BENCH-%s", "fields": {"summary": "Live %s",
                 "status": {"name": "Done"}, "issuetype": {"name": "Task"}, "project": {"key": "BENCH"}, "labels": [],
                 "created": "%s", "updated": "%s", "description": "%s"}},
                 "changelog": {"id": "%s", "items": [{"field": "status", "fromString": "To Do", "toString": "Done"}]}}"""
                .formatted(System.currentTimeMillis(), id, site, id, id, id, now, now, "word ".repeat(1200), id);
    }
}
