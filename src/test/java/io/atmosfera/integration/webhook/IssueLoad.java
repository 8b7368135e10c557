package io.atmosfera.integration.webhook;

import io.atmosfera.integration.SignedDelivery;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/**
 * A Jira that tells of changes of a few issues, each event with the whole issue as it then is. As Jira does, it sends an
 * event again until somebody has taken it in. Events of one issue come from one sender, one after the other.
 */
final class IssueLoad {

    static final String SITE = "http://127.0.0.1:9";
    static final int ISSUES = 12;

    private static final int SENDERS = 4;
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(50);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String path;
    private final String secret;
    private final IntUnaryOperator port;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> newest = new ConcurrentHashMap<>();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /**
     * Makes one.
     *
     * @param port where to send the n-th attempt
     */
    IssueLoad(String path, String secret, IntUnaryOperator port) {
        this.path = path;
        this.secret = secret;
        this.port = port;
    }

    IssueLoad begin(Duration pause) {
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            Thread thread = new Thread(() -> run(sender, pause), "issue-load-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return this;
    }

    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The ids of the deliveries that were taken in, with the number that they were given. */
    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    /** How often each issue was changed. */
    Map<Integer, Integer> newest() {
        return newest;
    }

    /** What was answered beside 202. */
    Queue<Integer> refusals() {
        return refusals;
    }

    private void run(int sender, Duration pause) {
        try {
            for (int change = 1; !ended; change++) {
                for (int issue = sender; issue < ISSUES; issue += SENDERS) {
                    deliver(issue, change);
                    newest.put(issue, change);
                    LockSupport.parkNanos(pause.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(int issue, int change) throws InterruptedException {
        String id = "issue-" + issue + "-change-" + change;
        byte[] body = body(issue, change).getBytes(StandardCharsets.UTF_8);
        while (true) {
            try {
                var answer = http.send(
                        SignedDelivery.jira(port.applyAsInt(attempts.getAndIncrement()), path, body, secret, id)
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() == 202) {
                    acknowledged.put(id, Long.parseLong(answer.body().replaceFirst(".*\"eventId\":(\\d+).*", "$1")));
                    return;
                }
                refusals.add(answer.statusCode());
            } catch (IOException nobodyThere) {
                refusals.add(0);
            }
            LockSupport.parkNanos(BEFORE_AGAIN.toNanos());
        }
    }

    private static String body(int issue, int change) {
        String updated = BEGIN.plusSeconds(change).toString().replace("Z", ".000+0000");
        return """
                {"timestamp": %d, "webhookEvent": "jira:issue_updated", "user": {"accountId": "5b1", "displayName": "Ann Lee"},
                 "issue": {"id": "%d", "key": "LOAD-%d", "self": "%s/rest/api/2/issue/%d", "fields": {
                   "summary": "Change %d", "status": {"name": "To Do"}, "issuetype": {"name": "Task"},
                   "project": {"id": "1", "key": "LOAD"}, "labels": [], "created": "2026-01-01T00:00:00.000+0000", "updated": "%s"}},
                 "changelog": {"id": "%d", "items": [{"field": "summary", "fromString": "Change %d", "toString": "Change %d"}]}}"""
                .formatted(
                        BEGIN.plusSeconds(change).toEpochMilli(),
                        20_000 + issue,
                        issue + 1,
                        SITE,
                        20_000 + issue,
                        change,
                        updated,
                        issue * 1_000_000L + change,
                        change - 1,
                        change);
    }
}
