package io.atmosfera.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client of the live updates that keeps what it is told. */
public final class LiveSocket implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder begun = new StringBuilder();
    private @Nullable WebSocket socket;

    private LiveSocket() {}

    /** Opens a socket the way a page does, and waits until it is told that it misses nothing from here on. */
    public static LiveSocket open(int port, String query, String token) {
        LiveSocket live = new LiveSocket();
        live.socket = PlatformTest.HTTP
                .newWebSocketBuilder()
                .subprotocols("bearer", token)
                .buildAsync(address(port, query), live)
                .join();
        live.await("heartbeat");
        return live;
    }

    /** The status of the answer to a handshake; 101 where it succeeds. */
    public static int status(int port, String query, @Nullable String token) {
        WebSocket.Builder builder = PlatformTest.HTTP.newWebSocketBuilder();
        if (token != null) {
            builder.subprotocols("bearer", token);
        }
        try {
            builder.buildAsync(address(port, query), new LiveSocket()).join().abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    static URI address(int port, String query) {
        return URI.create("ws://localhost:" + port + "/ws/updates" + query);
    }

    public WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not open");
        }
        return socket;
    }

    /** All messages but heartbeats. */
    public List<JsonNode> messages() {
        return messages.stream().filter(message -> !isOf(message, "heartbeat")).toList();
    }

    public List<JsonNode> messages(String type) {
        return messages.stream().filter(message -> isOf(message, type)).toList();
    }

    /** Waits for the first message of a type. */
    public JsonNode await(String type) {
        return await(message -> isOf(message, type));
    }

    /** Waits for the first message that is like this. */
    public JsonNode await(Predicate<JsonNode> like) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> messages.stream()
                .anyMatch(like));
        return messages.stream().filter(like).findFirst().orElseThrow();
    }

    /** Waits until the platform ends the socket, and gives its code. */
    public int awaitEnd() {
        Awaitility.await().atMost(PATIENCE).until(closed::isDone);
        return closed.join();
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        begun.append(data);
        if (last) {
            try {
                messages.add(JSON.readTree(begun.toString()));
            } catch (JsonProcessingException e) {
                throw new AssertionError("Not JSON: " + begun, e);
            }
            begun.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.complete(0);
    }

    @Override
    public void close() {
        socket().abort();
    }

    private static boolean isOf(JsonNode message, String type) {
        return message.path("type").asText().equals(type);
    }
}
