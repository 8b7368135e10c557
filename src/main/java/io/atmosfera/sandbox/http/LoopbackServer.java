package io.atmosfera.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket: turns exchanges of the JDK's HTTP server into {@link RecordedRequest} and puts a {@link Delivery} out. */
public final class LoopbackServer {

    /** Makes the answer to a request. */
    public interface Handler {
        Delivery handle(RecordedRequest request) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    private static final int THREADS = 32;
    private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    private final String name;
    private final HttpServer server;
    private final ExecutorService workers;
    private final Clock clock;

    static {
        // Without it Nagle and the client's delayed acknowledgements cost 40 ms an answer on a kept-alive connection.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private LoopbackServer(String name, HttpServer server, Clock clock) {
        this.name = name;
        this.server = server;
        this.clock = clock;
        this.workers = workers(name);
    }

    /**
     * Binds the port, on the loopback address only, without answering yet.
     *
     * @param name what it is, for messages and threads, such as "simulated Jira"
     * @param port 0 is any free port
     */
    public static LoopbackServer bind(String name, int port, Clock clock) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            return new LoopbackServer(name, HttpServer.create(address, 64), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("The " + name + " cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens, without a slash at the end. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers from now on. */
    public void start(Handler handler) {
        server.setExecutor(workers);
        server.createContext("/", exchange -> serve(exchange, handler));
        server.start();
    }

    /** Ends the answers that are being made, and lets go of the port. */
    public void stop() {
        workers.shutdownNow();
        server.stop(0);
    }

    private void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            deliver(exchange, answer(exchange, handler));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Delivery answer(HttpExchange exchange, Handler handler) throws IOException, InterruptedException {
        RecordedRequest request;
        try {
            request = read(exchange);
        } catch (IllegalArgumentException e) {
            return Delivery.whole(refusal(400, "The request line is not valid: " + e.getMessage()));
        }
        if (request == null) {
            return Delivery.whole(refusal(413, "The request body is too large."));
        }
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            LOG.error("The {} failed on {} {}", name, request.method(), request.path(), e);
            return Delivery.whole(refusal(500, "Internal server error"));
        }
    }

    private static Reply refusal(int status, String message) {
        return Reply.json(status, Json.object().put("message", message));
    }

    private @Nullable RecordedRequest read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return null;
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        URI uri = exchange.getRequestURI();
        return new RecordedRequest(
                exchange.getRequestMethod(),
                uri.getPath(),
                query(uri.getRawQuery()),
                headers,
                new String(body, StandardCharsets.UTF_8),
                clock.instant());
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
            String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
            query.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return query;
    }

    private static void deliver(HttpExchange exchange, Delivery delivery) throws IOException {
        if (delivery.extent() == Delivery.Extent.NOTHING) {
            return;
        }
        Reply reply = delivery.reply();
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            OutputStream out = exchange.getResponseBody();
            boolean cut = delivery.extent() == Delivery.Extent.CUT;
            out.write(body, 0, cut ? body.length / 2 : body.length);
            out.flush();
        }
        // Closing the exchange with bytes still owed makes the JDK's server drop the connection, which is what CUT
        // wants.
    }

    private static ExecutorService workers(String name) {
        String prefix = name.toLowerCase(Locale.ROOT).replace(' ', '-') + "-";
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1000), task -> {
                    Thread thread = new Thread(task, prefix + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
