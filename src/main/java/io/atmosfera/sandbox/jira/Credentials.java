package io.atmosfera.sandbox.jira;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one account that may call the API. The scheme is part of the credential: a right token in the wrong one fails. */
final class Credentials {

    enum Outcome {
        ACCEPTED,
        REFUSED,
        NONE
    }

    private final Deployment deployment;
    private volatile Set<String> accepted = Set.of();

    Credentials(Deployment deployment, String user, String secret) {
        this.deployment = deployment;
        accept(user, secret);
    }

    void accept(String user, String secret) {
        String pair = user + ":" + secret;
        String basic = "basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        accepted = deployment == Deployment.CLOUD ? Set.of(basic) : Set.of(basic, "bearer " + secret);
    }

    void revoke() {
        accepted = Set.of();
    }

    Outcome check(@Nullable String authorization) {
        if (authorization == null || authorization.isBlank()) {
            return Outcome.NONE;
        }
        String[] parts = authorization.strip().split("\\s+", 2);
        String presented = parts[0].toLowerCase(Locale.ROOT) + " " + (parts.length > 1 ? parts[1] : "");
        return accepted.contains(presented) ? Outcome.ACCEPTED : Outcome.REFUSED;
    }
}
