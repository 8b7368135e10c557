package io.atmosfera.integration.github;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** GitHub's API on a free port: answers what it was told to, 404 to all else, and remembers what it was asked. */
public final class StandInGitHub implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Function<Request, Reply>> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Reply> otherwise = request -> Reply.status(404, "Not Found");

    /** What was asked, method and path with query first. */
    public record Request(String line, Headers headers, String body) {

        public @Nullable String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** What is answered. */
    public record Reply(int status, String body, Map<String, String> headers) {

        public static Reply json(String body) {
            return new Reply(200, body, Map.of());
        }

        public static Reply status(int status, String message) {
            return new Reply(status, "{\"message\": \"" + message + "\"}", Map.of());
        }

        public Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, body, more);
        }
    }

    static {
        // As in LoopbackServer: the JDK reads it once, and without it each answer takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private StandInGitHub(HttpServer server) {
        this.server = server;
    }

    public static StandInGitHub start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "stand-in-github");
                thread.setDaemon(true);
                return thread;
            }));
            StandInGitHub github = new StandInGitHub(server);
            server.createContext("/", github::handle);
            server.start();
            return github;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers a method and path, such as {@code GET /user}, whatever its query is unless that is named too. */
    public void on(String line, Reply reply) {
        on(line, request -> reply);
    }

    public void on(String line, Function<Request, Reply> reply) {
        replies.put(line, reply);
    }

    /** Answers whatever nothing else answers. */
    public void otherwise(Function<Request, Reply> reply) {
        otherwise = reply;
    }

    /** The repository octo/hello, as it is with a good token. */
    public void hasRepository() {
        on(
                "GET /repos/octo/hello",
                Reply.json(
                                """
                                {"id": 1296269, "full_name": "octo/hello", "private": true,
                                 "permissions": {"admin": false, "maintain": false, "push": true, "triage": true, "pull": true}}""")
                        .with("X-RateLimit-Limit", "5000")
                        .with("X-RateLimit-Remaining", "4987")
                        .with("X-RateLimit-Reset", "1790000000"));
        on("GET /user", Reply.json("{\"login\": \"octocat\", \"id\": 1}"));
    }

    public List<Request> requests() {
        return requests;
    }

    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        Request request = new Request(line, exchange.getRequestHeaders(), body);
        requests.add(request);
        Function<Request, Reply> known = replies.get(line);
        if (known == null) {
            known = replies.get(line.replaceFirst("\\?.*", ""));
        }
        Reply reply = (known == null ? otherwise : known).apply(request);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
