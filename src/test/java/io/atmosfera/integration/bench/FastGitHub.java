package io.atmosfera.integration.bench;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GitHub that answers in about a millisecond: one repository with a straight history, commits of about 4 KB as its lists
 * have them, a tree, ETags, Link paging by number, GraphQL for statistics. Arguments: port, commits, files in the tree,
 * milliseconds a request. {@code POST /touch?count=10} adds as many commits, {@code GET /requests} tells how many requests
 * there were, by kind, since it was asked last.
 */
final class FastGitHub {

    private static final int PAGE = 100;
    private static final long BEGIN = Instant.parse("2015-01-01T00:00:00Z").getEpochSecond();
    private static final long STEP = 7200;
    private static final Pattern OBJECT = Pattern.compile("(c\\d+): object\\(oid: \\\\\"0*(\\d+)\\\\\"\\)");
    private static final String[] FOLDERS = {"api", "core", "web", "store", "jobs", "common", "search", "report"};

    private final int files;
    private final long delay;
    private final String base;
    private final AtomicInteger head = new AtomicInteger();
    private final Map<String, Integer> requests = new TreeMap<>();

    private FastGitHub(int port, int commits, int files, long delay) {
        this.base = "http://127.0.0.1:" + port;
        this.files = files;
        this.delay = delay;
        head.set(commits);
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        FastGitHub github = new FastGitHub(
                port, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
        FastServer.start(port, github::answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getRawQuery() == null
                    ? ""
                    : exchange.getRequestURI().getRawQuery();
            if (path.equals("/touch")) {
                head.addAndGet(Integer.parseInt(FastServer.parameter(query, "count", "10")));
                FastServer.send(exchange, bytes("{}"));
                return;
            }
            if (path.equals("/requests")) {
                synchronized (requests) {
                    FastServer.send(exchange, bytes(requests.toString()));
                    requests.clear();
                }
                return;
            }
            if (delay > 0) {
                Thread.sleep(delay);
            }
            exchange.getResponseHeaders().set("X-RateLimit-Limit", "1000000");
            exchange.getResponseHeaders().set("X-RateLimit-Remaining", "999999");
            exchange.getResponseHeaders()
                    .set("X-RateLimit-Reset", String.valueOf(Instant.now().getEpochSecond() + 3600));
            if (path.equals("/graphql")) {
                count("graphql");
                FastServer.send(exchange, statistics(body));
                return;
            }
            below(exchange, path.replaceFirst("^/(repos/[^/]+/[^/]+|repositories/\\d+)", ""), query);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void below(HttpExchange exchange, String path, String query) throws IOException {
        String kind = path.isEmpty() ? "repository" : path.split("/")[1];
        // Whatever it is, it changes with the head only.
        String tag = "W/\"" + head + "-" + Integer.toHexString((path + query).hashCode()) + "\"";
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            count("304");
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        count(kind);
        exchange.getResponseHeaders().set("ETag", tag);
        int number = Integer.parseInt(FastServer.parameter(query, "page", "1"));
        switch (kind) {
            case "repository" -> FastServer.send(exchange, repository());
            case "branches" -> FastServer.send(exchange, path.equals("/branches") ? branches() : bytes("[]"));
            case "commits" -> commits(exchange, path, query, number);
            case "compare" -> compare(exchange, path, query, number);
            case "languages" -> FastServer.send(exchange, bytes("{\"Java\": 9000000, \"TypeScript\": 3000000}"));
            case "git" -> FastServer.send(exchange, tree());
            case "actions" -> FastServer.send(exchange, bytes("{\"total_count\": 0, \"workflow_runs\": []}"));
            default -> FastServer.send(exchange, bytes("[]"));
        }
    }

    private void commits(HttpExchange exchange, String path, String query, int page) throws IOException {
        if (path.endsWith("/check-runs")) {
            FastServer.send(exchange, bytes("{\"total_count\": 0, \"check_runs\": []}"));
            return;
        }
        if (!path.equals("/commits")) {
            FastServer.send(exchange, bytes(commit(Integer.parseInt(path.replaceFirst("/commits/0*", "")), true)));
            return;
        }
        String from = FastServer.parameter(query, "sha", "main");
        int newest = (from.matches("\\d+") ? Integer.parseInt(from.replaceFirst("^0+", "")) : head.get())
                - (page - 1) * PAGE;
        int oldest = Math.max(1, newest - PAGE + 1);
        ByteArrayOutputStream body = new ByteArrayOutputStream(PAGE * 4500);
        body.write('[');
        for (int i = newest; i >= oldest; i--) {
            body.write(bytes((i == newest ? "" : ",") + commit(i, false)));
        }
        body.write(']');
        link(exchange, path, query, page, oldest > 1);
        FastServer.send(exchange, body.toByteArray());
    }

    private void compare(HttpExchange exchange, String path, String query, int page) throws IOException {
        String[] ends = path.replaceFirst("/compare/", "").split("\\.\\.\\.");
        int old = Integer.parseInt(ends[0].replaceFirst("^0+", ""));
        int fresh = Integer.parseInt(ends[1].replaceFirst("^0+", ""));
        int from = old + 1 + (page - 1) * PAGE;
        int to = Math.min(fresh, from + PAGE - 1);
        StringBuilder commits = new StringBuilder();
        for (int i = from; i <= to; i++) {
            commits.append(i == from ? "" : ",").append(commit(i, false));
        }
        link(exchange, path, query, page, to < fresh);
        FastServer.send(
                exchange,
                bytes("{\"status\": \"ahead\", \"ahead_by\": " + (fresh - old) + ", \"total_commits\": " + (fresh - old)
                        + ", \"commits\": [" + commits + "]}"));
    }

    private void link(HttpExchange exchange, String path, String query, int page, boolean more) {
        if (more) {
            String rest = query.replaceAll("&?page=\\d+", "");
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "<" + base + "/repositories/1296269" + path + "?" + rest + "&page=" + (page + 1)
                                    + ">; rel=\"next\"");
        }
    }

    private byte[] repository() {
        return bytes("{\"id\": 1296269, \"full_name\": \"bench/history\", \"name\": \"history\", \"private\": false,"
                + " \"default_branch\": \"main\", \"html_url\": \"https://github.example/bench/history\","
                + " \"created_at\": \"2015-01-01T00:00:00Z\", \"updated_at\": \"" + moment(head.get()) + "\","
                + " \"pushed_at\": \"" + moment(head.get()) + "\","
                + " \"permissions\": {\"admin\": true, \"push\": true, \"pull\": true}}");
    }

    private byte[] branches() {
        return bytes("[{\"name\": \"main\", \"protected\": false, \"commit\": {\"sha\": \"" + sha(head.get())
                + "\", \"url\": \"" + base + "\"}}]");
    }

    private static byte[] statistics(String body) {
        StringBuilder answer = new StringBuilder("{\"data\": {\"repository\": {");
        Matcher objects = OBJECT.matcher(body);
        String comma = "";
        while (objects.find()) {
            int number = Integer.parseInt(objects.group(2));
            answer.append(comma)
                    .append(
                            "\"%s\": {\"oid\": \"%s\", \"additions\": %d, \"deletions\": %d, \"changedFilesIfAvailable\": 3}"
                                    .formatted(objects.group(1), sha(number), number % 97, number % 31));
            comma = ",";
        }
        return bytes(answer.append("}}}").toString());
    }

    private byte[] tree() {
        StringBuilder tree = new StringBuilder(files * 260)
                .append("{\"sha\": \"")
                .append(sha(head.get()))
                .append("\", \"url\": \"x\", \"truncated\": false, \"tree\": [");
        tree.append(blob("pom.xml", 0)).append(',').append(blob("README.md", 1));
        for (int i = 2; i < files; i++) {
            String module = FOLDERS[i % FOLDERS.length];
            String area = "/java/org/example/" + module + "/part" + i / 200 + "/";
            String name = i % 4 == 0
                    ? "src/test" + area + "Thing" + (i - 1) + "Test.java"
                    : "src/main" + area + "Thing" + i + ".java";
            tree.append(',').append(blob(module + "/" + name, i));
        }
        return bytes(tree.append("]}").toString());
    }

    private String blob(String path, int number) {
        String sha = sha(1_000_000 + number);
        return "{\"path\": \"" + path + "\", \"mode\": \"100644\", \"type\": \"blob\", \"sha\": \"" + sha
                + "\", \"size\": " + (500 + number % 9000) + ", \"url\": \"" + base + "/repos/bench/history/git/blobs/"
                + sha + "\"}";
    }

    private static String commit(int number, boolean detailed) {
        String sha = sha(number);
        String user = "developer" + number % 40;
        String ident = "{\"name\": \"Developer Number " + number % 40 + "\", \"email\": \"" + user
                + "@example.com\", \"date\": \"" + moment(number) + "\"}";
        StringBuilder json = new StringBuilder(4500);
        json.append("{\"sha\": \"")
                .append(sha)
                .append("\", \"node_id\": \"C_")
                .append(sha)
                .append("\", \"commit\": {\"author\": ");
        json.append(ident).append(", \"committer\": ").append(ident).append(", \"message\": \"");
        json.append(number % 3 == 0 ? "BENCH-" + number % 900 + " " : "")
                .append("Change the booking of cabins, part ")
                .append(number);
        json.append(
                "\\n\\nThe timetable of the ferry is read once a day; the harbour says when a crossing is late.\",");
        json.append("\"tree\": {\"sha\": \"")
                .append(sha)
                .append("\", \"url\": \"https://api.github.example/repos/bench/history/git/trees/");
        json.append(sha)
                .append("\"}, \"url\": \"https://api.github.example/repos/bench/history/git/commits/")
                .append(sha);
        json.append(
                "\", \"comment_count\": 0, \"verification\": {\"verified\": true, \"reason\": \"valid\", \"signature\": \"");
        json.append("-----BEGIN PGP SIGNATURE-----\\n\\n")
                .append((sha + "\\n").repeat(20))
                .append("-----END PGP SIGNATURE-----\\n\"}},");
        json.append("\"url\": \"https://api.github.example/repos/bench/history/commits/")
                .append(sha);
        json.append("\", \"html_url\": \"https://github.example/bench/history/commit/")
                .append(sha)
                .append("\", \"author\": ");
        json.append(user(user, number % 40)).append(", \"committer\": ").append(user(user, number % 40));
        json.append(", \"parents\": [");
        if (number > 1) {
            json.append("{\"sha\": \"")
                    .append(sha(number - 1))
                    .append("\", \"url\": \"https://api.github.example/repos/bench/history/commits/");
            json.append(sha(number - 1)).append("\"}");
        }
        json.append(']');
        if (detailed) {
            json.append(", \"stats\": {\"additions\": 30, \"deletions\": 12, \"total\": 42}, \"files\": [");
            for (int i = 0; i < 3; i++) {
                json.append(i == 0 ? "" : ",")
                        .append("{\"sha\": \"")
                        .append(sha)
                        .append("\", \"filename\": \"core/src/main/java/org/example/core/part");
                json.append(number % 50)
                        .append("/Thing")
                        .append(number % 1000 + i)
                        .append(".java\", \"status\": \"modified\", \"additions\": 10,");
                json.append("\"deletions\": 4, \"changes\": 14, \"patch\": \"")
                        .append("@@ -1,4 +1,10 @@ public class Thing \\n".repeat(20))
                        .append("\"}");
            }
            json.append(']');
        }
        return json.append('}').toString();
    }

    private static String user(String login, int id) {
        StringBuilder json = new StringBuilder("{\"login\": \"" + login + "\", \"id\": " + id);
        for (String what : new String[] {
            "followers_url",
            "following_url",
            "gists_url",
            "starred_url",
            "subscriptions_url",
            "organizations_url",
            "repos_url",
            "events_url"
        }) {
            json.append(", \"")
                    .append(what)
                    .append("\": \"https://api.github.example/users/")
                    .append(login)
                    .append('/')
                    .append(what)
                    .append('"');
        }
        return json.append(", \"type\": \"User\", \"site_admin\": false}").toString();
    }

    private static String moment(int number) {
        return Instant.ofEpochSecond(BEGIN + number * STEP).toString();
    }

    private static String sha(int number) {
        return "%040d".formatted(number);
    }

    private void count(String kind) {
        synchronized (requests) {
            requests.merge(kind, 1, Integer::sum);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
