package io.atmosfera.integration.webhook;

import io.atmosfera.integration.connection.Sources;
import io.atmosfera.integration.http.CallerHeaders;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.http.ReceivedBody;
import io.atmosfera.integration.inbox.Envelope;
import io.atmosfera.integration.inbox.EnvelopeFields;
import io.atmosfera.integration.inbox.Webhooks;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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

    private final WebhookDoorKeeper keeper;
    private final Senders senders;
    private final EventStore store;
    private final Sources sources;

    WebhookIntake(WebhookDoorKeeper keeper, Senders senders, EventStore store, Sources sources) {
        this.sources = sources;
        this.keeper = keeper;
        this.senders = senders;
        this.store = store;
    }

    /**
     * Verifies who sent a delivery; nothing of its body is looked at before.
     *
     * @param check what has seen the body come in
     * @param body  the body
     * @throws ProblemException 401 where no live secret signed it, 429 after too many guesses
     */
    public Verified verify(SignatureCheck check, ReceivedBody body, @Headers Map<String, Object> headers) {
        List<Verified.Match> matches = check.matches();
        if (matches.isEmpty() && senders.doubt()) {
            matches = check.again(senders.of(check.source(), check.projectId()), body)
                    .matches();
        }
        if (matches.isEmpty()) {
            ProblemException refusal = keeper.refused(String.valueOf(headers.get(CallerHeaders.ADDRESS)));
            if (refusal.problem().status() == HttpStatus.UNAUTHORIZED.value()) {
                sources.webhooks(check.source()).refused(name -> text(headers, name));
            }
            throw refusal;
        }
        return new Verified(check.source(), check.projectId(), body.whole(), check.digest(), matches);
    }

    /**
     * Says what a delivery is about and whose it is: one for each project that it belongs to.
     *
     * @throws ProblemException 400 where it is no JSON object, 415 where it says that it is something else, 401 where
     *                          another project's secret signed it
     */
    public List<Delivery> identify(Verified verified, @Headers Map<String, Object> headers) {
        Webhooks webhooks = sources.webhooks(verified.source());
        boolean form = WebhookBody.isForm(webhooks.takesForms(), text(headers, "Content-Type"));
        EnvelopeFields fields = EnvelopeFields.read(
                form ? WebhookBody.ofForm(verified.body()) : new ByteArrayInputStream(verified.body()),
                webhooks.fields());
        Envelope envelope = webhooks.envelope(name -> text(headers, name), fields);
        String deliveryId = deliveryId(text(headers, webhooks.deliveryHeader()), verified.digest());
        String trace = traceId();
        List<Delivery> deliveries = new ArrayList<>();
        receivers(verified, envelope)
                .forEach((project, match) -> deliveries.add(
                        delivery(verified, envelope, deliveryId, form, match, project, trace, !envelope.known())));
        if (deliveries.isEmpty()) {
            if (verified.projectId() == null && belongsToAnother(verified, envelope)) {
                throw keeper.refused(String.valueOf(headers.get(CallerHeaders.ADDRESS)));
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

    /** Whether a sender only asks if anybody is there. */
    public boolean isPing(List<Delivery> deliveries) {
        Delivery first = deliveries.get(0);
        return sources.webhooks(first.integrationType()).isPing(first.envelope());
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

    /** The projects that a delivery is for, with who signed it. */
    private Map<Long, Verified.Match> receivers(Verified verified, Envelope envelope) {
        Map<Long, Verified.Match> receivers = new LinkedHashMap<>();
        for (Verified.Match match : verified.matches()) {
            if (match.sender().sends(envelope)) {
                senders.sharing(match.sender(), verified.projectId()).stream()
                        .filter(receiver -> receiver.sends(envelope))
                        .forEach(receiver -> receivers.putIfAbsent(receiver.projectId(), match));
            }
        }
        return receivers;
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
        return senders.of(verified.source()).stream()
                .anyMatch(sender -> envelope.scope() != null && sender.sends(envelope));
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
