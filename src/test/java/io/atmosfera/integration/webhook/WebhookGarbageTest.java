package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Garbage at the door, signed and not: refused, never an error of ours, and nothing of it stays. */
@StoredOnly
class WebhookGarbageTest extends WebhookSupport {

    private static final int REQUESTS = 10_000;
    private static final int AT_A_TIME = 24;
    private static final int LIMIT = 64 * 1024;
    private static final long MOST_GROWTH = 64L * 1024 * 1024;
    private static final String SITE = "https://garbage.example.com";
    private static final String WELL_FORMED = "X-Hub-Signature: sha256=" + "0".repeat(64) + "\r\n";
    private static final String RIGHT =
            """
            {"webhookEvent": "jira:issue_updated", "n": "%s", "issue": {"id": "10001", "key": "GARB-1", "self": "%s/rest/api/2/issue/10001"}}""";

    private final Random random = new Random(4711);
    private final String secret = "secret-" + UUID.randomUUID();

    /** Kinds of bodies that are no JSON object in UTF-8, or too much of it. */
    private final List<Function<Random, byte[]>> bodies = List.of(
            r -> bytes(r, r.nextInt(2000)),
            r -> "{\"a\":".repeat(1500 + r.nextInt(1000)).getBytes(StandardCharsets.UTF_8),
            r -> ("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}").getBytes(StandardCharsets.UTF_8),
            r -> ("{\"a\": " + "9".repeat(2000) + "e" + "9".repeat(30) + "x}").getBytes(StandardCharsets.UTF_8),
            r -> ("{\"issue\": {\"id\": 1, \"id\": " + r.nextInt() + "}}").getBytes(StandardCharsets.UTF_8),
            r -> right(r).getBytes(StandardCharsets.UTF_16),
            r -> right(r).getBytes(StandardCharsets.UTF_16LE),
            r -> right(r).getBytes(Charset.forName("UTF-32BE")),
            r -> right(r).replace("GARB", "GÄRB").getBytes(StandardCharsets.ISO_8859_1),
            r -> ("{\"a\": \"\u00ff\u00fe\u00c0\u0080" + r.nextInt() + "\"}").getBytes(StandardCharsets.ISO_8859_1),
            r -> (right(r) + right(r)).getBytes(StandardCharsets.UTF_8),
            r -> right(r).substring(0, 20 + r.nextInt(60)).getBytes(StandardCharsets.UTF_8),
            r -> "[{}]".getBytes(StandardCharsets.UTF_8),
            r -> ("{\"" + "k".repeat(60_000) + "\": 1}").getBytes(StandardCharsets.UTF_8),
            r -> zipped(right(r)),
            r -> new byte[0],
            r -> bytes(r, LIMIT + 1 + r.nextInt(LIMIT)));

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String right(Random random) {
        return RIGHT.formatted(random.nextLong(), SITE);
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private HttpRequest.Builder garbage(int number, String path) {
        byte[] body = bodies.get(number % bodies.size()).apply(random);
        boolean signed = random.nextBoolean();
        boolean declared = random.nextInt(3) > 0;
        HttpRequest.Builder request = raw(path, body);
        if (!declared) {
            request.POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)));
        }
        switch (random.nextInt(8)) {
            case 0 -> request.header("Content-Type", "text/plain");
            case 1 -> request.header("Content-Type", "application/json; charset=utf-16");
            case 2 -> request.header("Content-Encoding", "gzip");
            case 3 -> request.header("Content-Type", "a/b/c;;;=");
            default -> request.header("Content-Type", "application/json");
        }
        String signature = signed ? SignedDelivery.sign(body, secret) : random.nextBoolean() ? "sha256=zz" : "sha1=00";
        return request.header("X-Hub-Signature", signature).header("X-Hub-Signature-256", signature);
    }

    @Test
    void garbageIsRefusedAndLeavesNothingBehind() throws Exception {
        long project = jiraProject(SITE, "GARB", secret);
        String path = "/api/projects/" + project + "/jira-webhook";
        Map<Integer, Integer> statuses = new TreeMap<>();
        flood(path, 1000, statuses);
        long before = heap();

        flood(path, REQUESTS - 1000, statuses);
        brokenRequests(path, statuses);

        assertThat(statuses.keySet()).as(statuses.toString()).allMatch(status -> status >= 400 && status < 500);
        assertThat(statuses).containsKeys(400, 401, 413, 415, 431);
        assertThat(heap() - before).as("growth of the heap").isLessThan(MOST_GROWTH);
        assertThat(jdbc.sql("SELECT count(*) FROM webhook_events WHERE project_id = ?")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isZero();
        Answer right = jira(project, right(random), secret, null);
        assertThat(right.status()).as(right.text()).isEqualTo(202);
        assertThat(right.json().path("status").asText()).isEqualTo("accepted");
    }

    private void flood(String path, int count, Map<Integer, Integer> statuses) {
        Deque<CompletableFuture<HttpResponse<Void>>> waiting = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            waiting.add(HTTP.sendAsync(garbage(i, path).build(), BodyHandlers.discarding()));
            if (waiting.size() == AT_A_TIME) {
                statuses.merge(waiting.remove().join().statusCode(), 1, Integer::sum);
            }
        }
        waiting.forEach(answer -> statuses.merge(answer.join().statusCode(), 1, Integer::sum));
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** What no client library would send. */
    private void brokenRequests(String path, Map<Integer, Integer> statuses) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        String chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
        for (String request : List.of(
                chunked + "5\r\n{\"a\":\r\nzz\r\n",
                chunked + "-1\r\n{}\r\n0\r\n\r\n",
                chunked + "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
                chunked + "11000\r\n" + "x".repeat(0x11000) + "\r\n0\r\n\r\n",
                head + "Content-Length: 1000000000000\r\n\r\n{}",
                head + "Content-Length: 99999999999999999999\r\n\r\n{}",
                head + "Content-Length: -5\r\n\r\n{}",
                head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                head + "X-Hub-Signature: " + "a".repeat(20_000) + "\r\nContent-Length: 2\r\n\r\n{}",
                head + "X-Hub-Signature: sha256=\0\r\nContent-Length: 2\r\n\r\n{}",
                head.replace("HTTP/1.1", "HTTP/9.9") + "\r\n",
                head + "Content-Length: 2\r\n\r\n{}")) {
            int status = status(request, false);
            // HTTP has a status of its own for a version that nobody knows.
            if (status != 505) {
                statuses.merge(status, 1, Integer::sum);
            }
        }
        // Cut off by the sender: there may be nobody left to read an answer.
        String signed = head + WELL_FORMED;
        for (String request : List.of(
                signed + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a", signed + "Content-Length: 500\r\n\r\n{\"a\"")) {
            assertThat(status(request, true)).isIn(0, 400);
        }
    }

    private int status(String request, boolean cut) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            if (cut) {
                socket.shutdownOutput();
            }
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9));
        }
    }

    @Test
    void aSlowBodyKeepsNobodyElseOut() throws Exception {
        long project = jiraProject(SITE, "SLOW", secret);
        String path = "/api/projects/" + project + "/jira-webhook";
        Deque<Socket> slow = new ArrayDeque<>();
        for (int i = 0; i < 200; i++) {
            Socket socket = new Socket("localhost", port);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + WELL_FORMED
                                    + "Content-Length: 5000\r\n\r\n{")
                            .getBytes(StandardCharsets.ISO_8859_1));
            slow.add(socket);
        }
        AtomicLong taken = new AtomicLong();
        for (int i = 0; i < 20; i++) {
            for (Socket socket : slow) {
                socket.getOutputStream().write(' ');
            }
            taken.addAndGet(jira(project, right(random), secret, null).status() == 202 ? 1 : 0);
        }
        assertThat(taken.get()).isEqualTo(20);
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void whatIsAnObjectOfJsonButStrangeIsIgnoredOrStoredWhole() {
        long project = jiraProject(SITE, "ODD", secret);
        for (String body : List.of(
                "{\"webhookEvent\": \"a\\u0000b\"}",
                "{\"webhookEvent\": \"\\ud800\", \"n\": 1}",
                "{\"webhookEvent\": \"" + "ä".repeat(20_000) + "\"}",
                "{\"issue\": 1e999999999}",
                "{\"webhookEvent\": {\"a\": []}, \"issue\": [], \"comment\": \"\", \"changelog\": {\"items\": [1]}}",
                "{\"timestamp\": " + "9".repeat(900) + "}",
                "{}")) {
            Answer answer = jira(project, body, secret, null);
            assertThat(answer.status()).as(body + " " + answer.text()).isEqualTo(202);
            assertThat(answer.json().path("status").asText()).as(body).isEqualTo("ignored");
        }
        long github = githubProject("odd/odd", secret);
        byte[] push = "{\"ref\": \"a\\u0000b\", \"action\": \"\\u0000\", \"repository\": {\"full_name\": \"odd/odd\"}}"
                .getBytes(StandardCharsets.UTF_8);
        Answer answer = github(push, secret, "push");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(github).isPositive();
        byte[] other = "{\"n\": 1, \"repository\": {\"full_name\": \"odd/odd\"}}".getBytes(StandardCharsets.UTF_8);
        Answer longName = github(other, secret, "x".repeat(6000));
        assertThat(longName.status()).as(longName.text()).isEqualTo(202);
    }
}
