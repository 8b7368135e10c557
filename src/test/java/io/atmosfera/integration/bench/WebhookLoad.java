package io.atmosfera.integration.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends signed deliveries, each a unique one, and says how many were taken in and how long that took. All is signed
 * before the clock starts. Arguments: address, port, path, kind (github or jira), secret, bytes a body, deliveries,
 * connections, deliveries a second (0 for as many as go), number of the first delivery, different issues, the site.
 */
final class WebhookLoad {

    private static final String NUMBER = "################";

    private final String host;
    private final int port;
    private final String path;
    private final boolean github;
    private final byte[] secret;
    private final int issues;
    private final byte[] template;
    private final int[] places;
    private final int[] issuePlaces;

    private WebhookLoad(String[] a) {
        host = a[0];
        port = Integer.parseInt(a[1]);
        path = a[2];
        github = a[3].equals("github");
        secret = a[4].getBytes(StandardCharsets.UTF_8);
        issues = Integer.parseInt(a[10]);
        String text = github ? githubBody(Integer.parseInt(a[5])) : jiraBody(Integer.parseInt(a[5]), a[11]);
        template = text.getBytes(StandardCharsets.UTF_8);
        places = places(text, NUMBER);
        issuePlaces = places(text, "1000000000");
    }

    public static void main(String[] a) throws Exception {
        new WebhookLoad(a)
                .run(Integer.parseInt(a[6]), Integer.parseInt(a[7]), Integer.parseInt(a[8]), Integer.parseInt(a[9]));
    }

    private void run(int count, int connections, int rate, int first) throws Exception {
        byte[][] signatures = new byte[count][];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        for (int i = 0; i < count; i++) {
            signatures[i] =
                    HexFormat.of().formatHex(mac.doFinal(body(first + i))).getBytes(StandardCharsets.US_ASCII);
        }
        long[] micros = new long[count];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicLong lastStatus = new AtomicLong();
        Thread[] threads = new Thread[connections];
        long start = System.nanoTime();
        for (int t = 0; t < connections; t++) {
            threads[t] = new Thread(() -> {
                try (Socket socket = new Socket(host, port)) {
                    socket.setTcpNoDelay(true);
                    InputStream in = new BufferedInputStream(socket.getInputStream());
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        long due = rate == 0 ? System.nanoTime() : start + (long) (i * 1e9 / rate);
                        while (System.nanoTime() < due) {
                            LockSupport.parkNanos(due - System.nanoTime());
                        }
                        socket.getOutputStream().write(request(first + i, signatures[i]));
                        int status = answer(in);
                        micros[i] = (System.nanoTime() - due) / 1000;
                        if (status != 202) {
                            refused.incrementAndGet();
                            lastStatus.set(status);
                        }
                    }
                } catch (IOException e) {
                    refused.incrementAndGet();
                    e.printStackTrace();
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(micros);
        System.out.printf(
                "%d deliveries of %d bytes in %.2f s = %.0f/s, p50 %.1f ms, p99 %.1f ms, max %.1f ms, refused %d%s%n",
                count,
                template.length,
                seconds,
                count / seconds,
                micros[count / 2] / 1e3,
                micros[(int) (count * 0.99)] / 1e3,
                micros[count - 1] / 1e3,
                refused.get(),
                refused.get() > 0 ? " (last status " + lastStatus.get() + ")" : "");
    }

    private byte[] body(int number) {
        byte[] body = template.clone();
        put(body, places, String.format("%016d", number));
        put(body, issuePlaces, String.valueOf(1000000000 + number % issues));
        return body;
    }

    private static void put(byte[] body, int[] places, String text) {
        byte[] digits = text.getBytes(StandardCharsets.US_ASCII);
        for (int place : places) {
            System.arraycopy(digits, 0, body, place, digits.length);
        }
    }

    private byte[] request(int number, byte[] signature) {
        byte[] body = body(number);
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                + (github
                        ? "X-GitHub-Event: pull_request\r\nX-GitHub-Delivery: " + delivery(number)
                                + "\r\nX-Hub-Signature-256: sha256="
                        : "X-Atlassian-Webhook-Identifier: " + delivery(number) + "\r\nX-Hub-Signature: sha256=")
                + new String(signature, StandardCharsets.US_ASCII) + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(headBytes, headBytes.length + body.length);
        System.arraycopy(body, 0, request, headBytes.length, body.length);
        return request;
    }

    /** As random as GitHub's GUIDs, and another one for each number. */
    private static String delivery(int number) {
        Random random = new Random(number);
        return String.format(
                "%08x-%04x-%04x-%016x", random.nextInt(), random.nextInt(65536), number % 65536, random.nextLong());
    }

    private static int answer(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            chunked |= header.toLowerCase(java.util.Locale.ROOT).startsWith("transfer-encoding: chunked");
        }
        in.readNBytes(length);
        for (int size = chunked ? 1 : 0; size > 0; ) {
            size = Integer.parseInt(line(in), 16);
            in.readNBytes(size);
            line(in);
        }
        return Integer.parseInt(status.split(" ")[1]);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static int[] places(String text, String mark) {
        int[] found = new int[64];
        int n = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
            found[n++] = at;
        }
        return Arrays.copyOf(found, n);
    }

    private static String words(Random random, int length) {
        String[] words = ("ferry booking deck cabin ticket harbour crossing invoice passenger timetable route payment "
                        + "refund operator vessel gate boarding luggage freight manifest schedule capacity price")
                .split(" ");
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(words[random.nextInt(words.length)])
                    .append(random.nextInt(5) == 0 ? Integer.toHexString(random.nextInt()) : "")
                    .append(' ');
        }
        return text.toString();
    }

    private static String jiraBody(int bytes, String site) {
        Random random = new Random(7);
        StringBuilder fields = new StringBuilder();
        for (int i = 10000; i < 10040; i++) {
            fields.append("\"customfield_")
                    .append(i)
                    .append("\": ")
                    .append(
                            i % 3 == 0
                                    ? "null"
                                    : "{\"self\": \"" + site
                                            + "/rest/api/2/customFieldOption/" + i + "\", \"value\": \""
                                            + words(random, 20) + "\", \"id\": \""
                                            + i + "\"}")
                    .append(", ");
        }
        String head =
                """
                {"timestamp": 1700000000000, "webhookEvent": "jira:issue_updated", "issue_event_type_name": "issue_updated",
                 "delivery": "%s", "user": {"self": "%s/rest/api/2/user?accountId=5f", "accountId": "5f", "displayName": "Ann Lee"},
                 "issue": {"id": "1000000000", "self": "%s/rest/api/2/issue/1000000000", "key": "BENCH-1000000000", "fields": {
                 "summary": "Booking %s", "status": {"name": "In Progress", "id": "3"}, "issuetype": {"name": "Story", "id": "1"},
                 "priority": {"name": "High"}, "assignee": {"accountId": "5f", "displayName": "Ann Lee"},
                 "reporter": {"accountId": "6f", "displayName": "Bo Sand"}, "labels": ["checkout", "refund"],
                 "project": {"id": "10", "key": "BENCH", "name": "Bench"}, "components": [{"id": "1", "name": "Deck"}],
                 "created": "2024-01-01T00:00:00.000+0000", "updated": "2026-01-01T00:00:00.000+0000",\s"""
                        .formatted(NUMBER, site, site, NUMBER);
        String tail = "}}, \"changelog\": {\"id\": \"" + NUMBER
                + "\", \"items\": [{\"field\": \"status\", \"fieldtype\": \"jira\", "
                + "\"fieldId\": \"status\", \"from\": \"1\", \"fromString\": \"To Do\", \"to\": \"3\", \"toString\": \"In Progress\"}]}}";
        int rest = bytes - head.length() - fields.length() - tail.length() - 20;
        return head + fields + "\"description\": \"" + words(random, Math.max(rest, 10)) + "\"" + tail;
    }

    private static String githubBody(int bytes) {
        Random random = new Random(8);
        StringBuilder links = new StringBuilder();
        for (String name :
                "forks keys collaborators teams hooks events assignees branches tags blobs refs trees statuses languages"
                        .split(" ")) {
            for (String at : new String[] {"head", "base", "repo"}) {
                links.append('"')
                        .append(at)
                        .append('_')
                        .append(name)
                        .append("_url\": \"https://api.github.com/repos/octo-org/bench/")
                        .append(name)
                        .append("{/")
                        .append(at)
                        .append("}\", ");
            }
        }
        String head = "{\"action\": \"synchronize\", \"number\": 1000000000, \"delivery\": \"" + NUMBER
                + "\", \"pull_request\": {\"id\": 1000000000, \"number\": 1000000000, \"title\": \"BENCH-1 " + NUMBER
                + "\", \"state\": \"open\", " + links + "\"body\": \"";
        String tail = "\"}, \"repository\": {\"id\": 4242, \"name\": \"bench\", \"full_name\": \"octo-org/bench\"}, "
                + "\"sender\": {\"login\": \"octocat\", \"id\": 1}}";
        return head + words(random, Math.max(10, bytes - head.length() - tail.length())) + tail;
    }
}
