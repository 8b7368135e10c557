package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.AddressLimit;
import io.atmosfera.integration.http.DoorKeeper;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.Network;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Who may send webhooks, by what stands before a body: nothing is read for those who cannot have signed it. */
@Component
class WebhookDoorKeeper implements DoorKeeper {

    private static final long SWITCHED_OFF_SECONDS = 60;

    private final boolean enabled;
    private final Senders senders;
    private final AddressLimit limit;
    private final Map<String, List<Network>> sources;

    WebhookDoorKeeper(WebhookProperties properties, Senders senders, AddressLimit limit) {
        this.enabled = properties.enabled();
        this.senders = senders;
        this.limit = limit;
        this.sources = Map.of(
                "jira", properties.sources().jira().stream().map(Network::parse).toList(),
                "github",
                        properties.sources().github().stream()
                                .map(Network::parse)
                                .toList());
    }

    /**
     * Looks at the head of a delivery.
     *
     * @throws ProblemException 401 without a well-formed signature or where nobody can have signed it, as for an unknown
     *                          project; 403 from a network that may not send, 429 after too many guesses, 503 while
     *                          webhooks are switched off
     */
    @Override
    public SignatureCheck admit(
            String path, @Nullable Long id, UnaryOperator<@Nullable String> headers, String address) {
        if (!enabled) {
            throw new ProblemException(
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Webhooks are switched off (platform.webhooks.enabled).")
                            .retryAfter(SWITCHED_OFF_SECONDS));
        }
        boolean github = path.contains("github");
        String source = github ? "github" : "jira";
        checkSource(source, address);
        // By the sender, not by what is there: GitHub's X-Hub-Signature is a SHA-1.
        byte[] digest = WebhookSignature.digest(headers.apply(github ? "X-Hub-Signature-256" : "X-Hub-Signature"));
        if (digest == null) {
            throw refused(address);
        }
        List<Sender> candidates = senders.of(source, id);
        if (candidates.isEmpty() && id != null && senders.doubt()) {
            candidates = senders.of(source, id);
        }
        if (candidates.isEmpty() && id != null) {
            throw refused(address);
        }
        return new SignatureCheck(source, id, digest, candidates);
    }

    /** The refusal of a delivery that nobody known has signed; it counts against its address. */
    ProblemException refused(String address) {
        long seconds = limit.secondsToWait(address);
        return new ProblemException(
                seconds > 0
                        ? Problem.of(HttpStatus.TOO_MANY_REQUESTS, "Too many deliveries with a wrong signature.")
                                .retryAfter(seconds)
                        : Problem.of(HttpStatus.UNAUTHORIZED, "The signature is missing or wrong."));
    }

    private void checkSource(String source, String address) {
        List<Network> networks = sources.getOrDefault(source, List.of());
        boolean allowed = networks.isEmpty()
                || Network.literal(address)
                        .map(literal -> networks.stream().anyMatch(network -> network.contains(literal.getAddress())))
                        .orElse(false);
        if (!allowed) {
            throw new ProblemException(Problem.of(HttpStatus.FORBIDDEN, "Deliveries are not taken from this address."));
        }
    }
}
