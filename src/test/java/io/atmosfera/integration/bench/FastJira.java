package io.atmosfera.integration.bench;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Jira Cloud that answers in about a millisecond: issues of about 6 KB, rendered before the first request. Arguments:
 * port, issues, most issues a page, milliseconds a request. {@code POST /touch?count=500} changes as many issues,
 * {@code GET /requests} tells how many searches there were.
 */
final class FastJira {

    private static final Pattern SINCE = Pattern.compile("updated >= (\\d+)");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);
    private static final String WORDS =
            "ferry booking deck cabin ticket harbour crossing invoice passenger timetable route "
                    + "payment refund operator vessel gate boarding luggage freight manifest schedule capacity reservation price";

    private static final int CUSTOM_FIELDS = 60;

    private final byte[][] issues;
    private final long[] updated;
    private final int cap;
    private final long delay;
    private final AtomicLong searches = new AtomicLong();

    private FastJira(int count, int cap, long delay) {
        this.issues = new byte[count][];
        this.updated = new long[count];
        this.cap = cap;
        this.delay = delay;
        long begin = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
        for (int i = 0; i < count; i++) {
            updated[i] = begin + i * 600_000L;
            issues[i] = render(i, updated[i], 0);
        }
    }

    public static void main(String[] arguments) throws IOException {
        FastJira jira = new FastJira(
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
        FastServer.start(Integer.parseInt(arguments[0]), jira::answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getRawQuery() == null
                    ? ""
                    : exchange.getRequestURI().getRawQuery();
            if (delay > 0) {
                Thread.sleep(delay);
            }
            if (path.endsWith("/search/jql")) {
                searches.incrementAndGet();
                search(exchange, query);
            } else if (path.endsWith("/approximate-count")) {
                FastServer.send(exchange, ("{\"count\":" + issues.length + "}").getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith("/serverInfo")) {
                FastServer.send(
                        exchange,
                        "{\"deploymentType\":\"Cloud\",\"version\":\"1001.0.0\"}".getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith("/field")) {
                FastServer.send(exchange, fields().getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith("/touch")) {
                touch(Integer.parseInt(FastServer.parameter(query, "count", "500")));
                FastServer.send(exchange, "{}".getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith("/requests")) {
                FastServer.send(exchange, String.valueOf(searches.getAndSet(0)).getBytes(StandardCharsets.UTF_8));
            } else {
                FastServer.send(
                        exchange, "{\"displayName\":\"Bench\",\"accountId\":\"1\"}".getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String fields() {
        StringBuilder json = new StringBuilder("[");
        for (int field = 0; field < CUSTOM_FIELDS; field++) {
            json.append(field == 0 ? "" : ",")
                    .append("{\"id\":\"customfield_")
                    .append(10000 + field)
                    .append("\",\"name\":\"Custom field ")
                    .append(field)
                    .append("\",\"custom\":true,\"schema\":{\"type\":\"string\",\"custom\":\"")
                    .append("com.atlassian.jira.plugin.system.customfieldtypes:textfield\"}}");
        }
        return json.append(']').toString();
    }

    private synchronized void touch(int count) {
        long now = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            int at = (int) ((long) i * issues.length / count);
            updated[at] = now;
            issues[at] = render(at, now, now);
        }
    }

    private void search(HttpExchange exchange, String query) throws IOException {
        int size = Math.min(cap, Integer.parseInt(FastServer.parameter(query, "maxResults", "50")));
        int from = Integer.parseInt(FastServer.parameter(query, "nextPageToken", "0"));
        Matcher since = SINCE.matcher(FastServer.parameter(query, "jql", ""));
        long bound = since.find() ? Long.parseLong(since.group(1)) : 0;
        boolean idsOnly = FastServer.parameter(query, "fields", "").equals("id");
        ByteArrayOutputStream body = new ByteArrayOutputStream(size * 6500 + 200);
        body.write("{\"issues\":[".getBytes(StandardCharsets.UTF_8));
        int at = from;
        int given = 0;
        while (at < issues.length && given < size) {
            if (updated[at] >= bound) {
                if (given++ > 0) {
                    body.write(',');
                }
                body.write(
                        idsOnly ? ("{\"id\":\"" + (10000 + at) + "\"}").getBytes(StandardCharsets.UTF_8) : issues[at]);
            }
            at++;
        }
        while (bound > 0 && at < issues.length && updated[at] < bound) {
            at++;
        }
        String end = at < issues.length ? "],\"nextPageToken\":\"" + at + "\",\"isLast\":false}" : "],\"isLast\":true}";
        body.write(end.getBytes(StandardCharsets.UTF_8));
        FastServer.send(exchange, body.toByteArray());
    }

    private static byte[] render(int i, long updated, long salt) {
        Random random = new Random(i * 31L + salt);
        StringBuilder json = new StringBuilder(6500);
        String self = "https://bench.atlassian.net/rest/api/2";
        json.append("{\"expand\":\"operations,versionedRepresentations,editmeta,changelog,renderedFields\",\"id\":\"")
                .append(10000 + i)
                .append("\",\"self\":\"")
                .append(self)
                .append("/issue/")
                .append(10000 + i)
                .append("\",\"key\":\"BENCH-")
                .append(i + 1)
                .append("\",\"fields\":{\"summary\":\"")
                .append(words(random, 9))
                .append("\",\"issuetype\":{\"self\":\"")
                .append(self)
                .append("/issuetype/10001\",\"id\":\"10001\",\"description\":\"")
                .append("Functionality or a feature expressed as a user goal.\",\"name\":\"")
                .append(i % 3 == 0 ? "Bug" : "Story")
                .append("\",\"subtask\":false,\"avatarId\":10315},\"project\":{\"self\":\"")
                .append(self)
                .append(
                        "/project/10000\",\"id\":\"10000\",\"key\":\"BENCH\",\"name\":\"Bench\"},\"priority\":{\"self\":\"")
                .append(self)
                .append("/priority/3\",\"name\":\"")
                .append(i % 5 == 0 ? "High" : "Medium")
                .append("\",\"id\":\"3\"},\"status\":{\"self\":\"")
                .append(self)
                .append("/status/3\",\"description\":\"\",\"name\":\"")
                .append(i % 2 == 0 ? "To Do" : "In Progress")
                .append(
                        "\",\"id\":\"3\",\"statusCategory\":{\"id\":4,\"key\":\"indeterminate\",\"colorName\":\"yellow\"}},\"assignee\":");
        user(json, i % 40);
        json.append(",\"reporter\":");
        user(json, i % 17);
        json.append(",\"creator\":");
        user(json, i % 17);
        json.append(",\"labels\":[\"label")
                .append(i % 20)
                .append("\",\"bench\"],\"components\":[{\"self\":\"")
                .append(self)
                .append("/component/1\",\"id\":\"1\",\"name\":\"Component ")
                .append(i % 8)
                .append("\"}],\"created\":\"")
                .append(STAMP.format(Instant.ofEpochMilli(1704067200000L + i * 600_000L)))
                .append("\",\"updated\":\"")
                .append(STAMP.format(Instant.ofEpochMilli(updated)))
                .append("\",\"lastViewed\":null,\"votes\":{\"votes\":0},\"description\":\"");
        for (int paragraph = 0; paragraph < 4; paragraph++) {
            json.append(words(random, 40)).append(".\\n\\n");
        }
        json.append('"');
        for (int field = 0; field < CUSTOM_FIELDS; field++) {
            json.append(",\"customfield_").append(10000 + field).append("\":");
            json.append(field % 9 == 0 ? "\"" + words(random, 3) + "\"" : "null");
        }
        return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void user(StringBuilder json, int number) {
        String avatar = "https://avatar-management.services.atlassian.com/initials/U" + number + "-4.png?size=";
        json.append("{\"self\":\"https://bench.atlassian.net/rest/api/2/user?accountId=5b10ac8d82e05b22cc7d")
                .append(number)
                .append("\",\"accountId\":\"5b10ac8d82e05b22cc7d")
                .append(number)
                .append("\",\"avatarUrls\":{\"48x48\":\"")
                .append(avatar)
                .append("48\",\"24x24\":\"")
                .append(avatar)
                .append("24\",\"16x16\":\"")
                .append(avatar)
                .append("16\",\"32x32\":\"")
                .append(avatar)
                .append("32\"},\"displayName\":\"User Number ")
                .append(number)
                .append("\",\"active\":true,\"timeZone\":\"Europe/Berlin\",\"accountType\":\"atlassian\"}");
    }

    private static String words(Random random, int count) {
        String[] words = WORDS.split(" ");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(words[random.nextInt(words.length)]);
        }
        return text.toString();
    }
}
