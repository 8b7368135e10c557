package io.atmosfera.integration.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The clients, and what all of them get. Messages are put into the clients' buffers first and then written, several in
 * one write.
 */
@Component("liveUpdates")
public class LiveUpdates {

    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

    /** How long a socket takes at most from the look at its token until it is here. */
    private static final Duration HANDSHAKE = Duration.ofMinutes(1);

    private final Cache<Long, Boolean> ended = Caffeine.newBuilder()
            .expireAfterWrite(HANDSHAKE)
            .maximumSize(100_000)
            .build();
    private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
    private final LiveProperties properties;
    private final Counter sent;
    private final Counter resyncs;

    LiveUpdates(LiveProperties properties, MeterRegistry metrics) {
        this.properties = properties;
        this.sent = Counter.builder("platform.live.messages")
                .description("Messages sent to clients of live updates")
                .register(metrics);
        this.resyncs = Counter.builder("platform.live.resyncs")
                .description("Clients told that they missed something")
                .register(metrics);
        Gauge.builder("platform.live.clients", clients, Set::size)
                .description("Clients of live updates at the moment")
                .register(metrics);
    }

    /**
     * Sends messages to all who follow their projects; one that is no JSON object is left out. They are written as they fill the
     * clients' buffers by half, so that only who does not read misses some of many.
     */
    void send(List<String> texts) {
        int half = Math.max(1, properties.buffer() / 2);
        for (int from = 0; from < texts.size(); from += half) {
            texts.subList(from, Math.min(texts.size(), from + half)).forEach(this::offer);
            write();
        }
    }

    private void offer(String text) {
        try {
            LiveMessage message = LiveMessage.of(text);
            clients.forEach(client -> client.offer(message));
        } catch (IOException e) {
            LOG.warn("A published message is no JSON object: {} characters", text.length());
        }
    }

    /** Hands to the sockets what they take; the rest follows by itself, so none of them holds this up. */
    private void write() {
        clients.forEach(LiveClient::write);
    }

    /** Whether anybody is there to get messages. */
    public boolean isFollowed() {
        return !clients.isEmpty();
    }

    /** Says to all that their connection lives, and asks them the same. */
    public void heartbeat() {
        long silence = TimeUnit.MILLISECONDS.toNanos(properties.silenceMs());
        clients.forEach(client -> {
            client.ping(silence);
            client.offer(LiveMessage.heartbeat(client.projectId()));
        });
        write();
    }

    /** Tells all that they have missed something. */
    public void resync() {
        clients.forEach(LiveClient::miss);
        write();
    }

    /** The tokens with which the clients came; none where nobody is there. */
    public Long[] getTokens() {
        return clients.stream().map(LiveClient::tokenId).distinct().toArray(Long[]::new);
    }

    /** Ends the sockets of all whose token is not the id of one of these rows. */
    public void keepOnly(@Body List<Map<String, Object>> validTokens) {
        Set<Object> valid = validTokens.stream().map(row -> row.get("id")).collect(Collectors.toSet());
        end(client -> !valid.contains(client.tokenId()));
    }

    /** Ends the sockets of those whose token has expired. */
    public void endExpired() {
        end(LiveClient::hasExpired);
    }

    /** Ends the sockets of a token, and one that is being made at this moment. */
    void endThoseOf(long token) {
        ended.put(token, true);
        end(client -> client.tokenId() == token);
    }

    private void end(Predicate<LiveClient> which) {
        clients.stream()
                .filter(which)
                .forEach(client -> client.end(StatusCode.POLICY_VIOLATION, "The token is not valid any more"));
    }

    boolean isFull() {
        return clients.size() >= properties.maxClients();
    }

    LiveClient client(long tokenId, @Nullable Long projectId, long millis) {
        return new LiveClient(tokenId, projectId, properties.buffer(), millis, this);
    }

    /** From here on the client misses nothing; the heartbeat tells it so. */
    void join(LiveClient client) {
        clients.add(client);
        if (ended.getIfPresent(client.tokenId()) != null) {
            endThoseOf(client.tokenId());
            return;
        }
        client.offer(LiveMessage.heartbeat(client.projectId()));
        client.write();
    }

    void leave(LiveClient client) {
        clients.remove(client);
    }

    void countSent(int messages) {
        sent.increment(messages);
    }

    void countResync() {
        resyncs.increment();
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        clients.forEach(client -> client.end(StatusCode.SHUTDOWN, "The platform stops; connect again"));
    }
}
