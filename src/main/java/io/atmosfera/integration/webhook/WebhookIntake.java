package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.AddressLimit;
import io.atmosfera.integration.http.NotFoundException;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The steps of a delivery through the door, called by the route template {@code webhook-receiver}. */
@Component("webhookIntake")
public class WebhookIntake {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookIntake.class);
    private static final int LONGEST_ID = 200;
    private static final long SWITCHED_OFF_SECONDS = 60;

    private final WebhookProperties properties;
    private final Senders senders;
    private final EventStore store;
    private final AddressLimit limit;
    private final Map<String, List<Network>> sources;

    WebhookIntake(WebhookProperties properties, Senders senders, EventStore store, AddressLimit limit) {
        this.properties = properties;
        this.senders = senders;
        this.store = store;
        this.limit = limit;
        this.sources = Map.of(
                "jira", properties.sources().jira().stream().map(Network::parse).toList(),
                "github",
                        properties.sources().github().stream()
                                .map(Network::parse)
                                .toList());
    }

    /**
     * Verifies who sent a delivery; nothing of its body is looked at before.
     *
     * @param source    {@code jira} or {@code github}
     * @param projectId the project in the path, if any
     * @throws ProblemException 401 where no live secret signed it, 404 for an unknown project, 429 after too many guesses
     */
    public Verified verify(
            String source, @Nullable Long projectId, byte @Nullable [] body, @Headers Map<String, Object> headers) {
        if (!properties.enabled()) {
            throw new ProblemException(
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Webhooks are switched off (platform.webhooks.enabled).")
                            .retryAfter(SWITCHED_OFF_SECONDS));
        }
        String address = text(headers, "PlatformAddress");
        checkSource(source, address);
        byte[] bytes = body == null ? new byte[0] : body;
        // By the sender, not by what is there: GitHub's X-Hub-Signature is a SHA-1.
        byte[] digest = WebhookSignature.digest(
                text(headers, source.equals("github") ? "X-Hub-Signature-256" : "X-Hub-Signature"));
        List<Sender> candidates = senders.of(source, projectId);
        if (candidates.isEmpty() && projectId != null && !senders.projectExists(projectId)) {
            throw new NotFoundException("There is nothing at this address.");
        }
        List<Verified.Match> matches = matches(candidates, digest, bytes);
        if (matches.isEmpty() && digest != null && senders.doubt()) {
            matches = matches(senders.of(source, projectId), digest, bytes);
        }
        if (matches.isEmpty() || digest == null) {
            throw refused(address);
        }
        return new Verified(source, projectId, bytes, digest, matches);
    }

    /**
     * Says what a delivery is about and whose it is: one for each project that it belongs to.
     *
     * @throws ProblemException 400 where it is no JSON object, 415 where it says that it is something else, 401 where
     *                          another project's secret signed it
     */
    public List<Delivery> identify(Verified verified, @Headers Map<String, Object> headers) {
        boolean github = verified.source().equals("github");
        boolean form = WebhookBody.isForm(verified.source(), text(headers, "Content-Type"));
        EnvelopeFields fields = EnvelopeFields.read(form ? WebhookBody.ofForm(verified.body()) : verified.body());
        Envelope envelope =
                github ? GitHubEnvelopes.of(text(headers, "X-GitHub-Event"), fields) : JiraEnvelopes.of(fields);
        String deliveryId = deliveryId(
                text(headers, github ? "X-GitHub-Delivery" : "X-Atlassian-Webhook-Identifier"), verified.digest());
        String trace = traceId();
        List<Delivery> deliveries = new ArrayList<>();
        for (Verified.Match match : verified.matches()) {
            if (match.sender().sends(envelope)) {
                deliveries.add(delivery(
                        verified,
                        envelope,
                        deliveryId,
                        form,
                        match,
                        match.sender().projectId(),
                        trace,
                        !envelope.known()));
            }
        }
        if (deliveries.isEmpty()) {
            if (verified.projectId() == null && belongsToAnother(verified, envelope)) {
                throw refused(text(headers, "PlatformAddress"));
            }
            deliveries.add(delivery(
                    verified, envelope, deliveryId, form, verified.matches().get(0), null, trace, true));
        }
        Delivery first = deliveries.get(0);
        if (deliveries.stream().allMatch(Delivery::ignored)) {
            LOG.info("A {} delivery ({}) is ignored, trace {}", verified.source(), envelope.eventType(), trace);
        }
        LOG.debug(
                "Delivery {} of {} {} is signed with secret {}, trace {}",
                deliveryId,
                verified.source(),
                envelope.eventType(),
                first.secretId(),
                trace);
        return deliveries;
    }

    /** Whether it is GitHub's question at the creation of a hook, which is only answered. */
    public boolean isPing(List<Delivery> deliveries) {
        return deliveries.get(0).integrationType().equals("github")
                && deliveries.get(0).envelope().eventType().equals("ping");
    }

    /** Stores what was identified, and gives the answer once it is durable. */
    public CompletableFuture<String> store(List<Delivery> deliveries) {
        List<CompletableFuture<Stored>> stored =
                deliveries.stream().map(store::store).toList();
        CompletableFuture<Stored> first = stored.get(0);
        return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
                .thenCombine(
                        first, (all, one) -> "{\"eventId\":" + one.eventId() + ",\"status\":\"" + one.status() + "\"}");
    }

    private static Delivery delivery(
            Verified verified,
            Envelope envelope,
            String deliveryId,
            boolean form,
            Verified.Match match,
            @Nullable Long project,
            String trace,
            boolean ignored) {
        return new Delivery(
                verified.source(),
                project,
                envelope,
                deliveryId,
                verified.body(),
                form,
                verified.digest(),
                match.secret().id(),
                trace,
                ignored);
    }

    private boolean belongsToAnother(Verified verified, Envelope envelope) {
        return senders.of(verified.source(), null).stream()
                .anyMatch(sender -> envelope.scope() != null && sender.sends(envelope));
    }

    /** All of them, whether one has held or not: a right guess must not take another time than a wrong one. */
    private static List<Verified.Match> matches(List<Sender> candidates, byte @Nullable [] digest, byte[] body) {
        List<Verified.Match> matches = new ArrayList<>();
        Instant now = Instant.now();
        for (Sender sender : candidates) {
            for (LiveSecret secret : sender.secrets()) {
                if (digest != null && secret.isValid(now) && WebhookSignature.matches(digest, body, secret.key())) {
                    matches.add(new Verified.Match(sender, secret));
                }
            }
        }
        return matches;
    }

    private ProblemException refused(@Nullable String address) {
        long seconds = limit.secondsToWait(String.valueOf(address));
        return new ProblemException(
                seconds > 0
                        ? Problem.of(HttpStatus.TOO_MANY_REQUESTS, "Too many deliveries with a wrong signature.")
                                .retryAfter(seconds)
                        : Problem.of(HttpStatus.UNAUTHORIZED, "The signature is missing or wrong."));
    }

    private void checkSource(String source, @Nullable String address) {
        List<Network> networks = sources.getOrDefault(source, List.of());
        if (!networks.isEmpty() && networks.stream().noneMatch(network -> contains(network, address))) {
            throw new ProblemException(Problem.of(HttpStatus.FORBIDDEN, "Deliveries are not taken from this address."));
        }
    }

    private static boolean contains(Network network, @Nullable String address) {
        try {
            // The address of the connection is a literal: no name is looked up here.
            return address != null
                    && network.contains(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The sender's id; where it gives none, the signature, which is the same for the same bytes. */
    private static String deliveryId(@Nullable String given, byte[] digest) {
        return given == null || given.isBlank() || given.length() > LONGEST_ID || given.indexOf('\0') >= 0
                ? "sha256:" + HexFormat.of().formatHex(digest)
                : given.strip();
    }

    private static String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    private static @Nullable String text(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof String value ? value : null;
    }
}
