package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.AddressLimit;
import io.atmosfera.integration.http.DoorKeeper;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.Network;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
    private final WebhookDoors doors;
    private final Map<String, List<Network>> networks;

    WebhookDoorKeeper(WebhookProperties properties, WebhookDoors doors, Senders senders, AddressLimit limit) {
        this.enabled = properties.enabled();
        this.doors = doors;
        this.senders = senders;
        this.limit = limit;
        this.networks = properties.sources().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        of -> of.getValue().stream().map(Network::parse).toList()));
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
        String source = doors.source(path);
        checkNetwork(source, address);
        byte[] digest =
                WebhookSignature.digest(headers.apply(doors.webhooks(path).signatureHeader()));
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

    private void checkNetwork(String source, String address) {
        List<Network> allowedOnes = networks.getOrDefault(source, List.of());
        boolean allowed = allowedOnes.isEmpty()
                || Network.literal(address)
                        .map(literal ->
                                allowedOnes.stream().anyMatch(network -> network.contains(literal.getAddress())))
                        .orElse(false);
        if (!allowed) {
            throw new ProblemException(Problem.of(HttpStatus.FORBIDDEN, "Deliveries are not taken from this address."));
        }
    }
}
