package io.atmosfera.integration.webhook;

import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs deliveries.
 *
 * @param id         names it in logs
 * @param key        what it is; never part of a text
 * @param validUntil when it ends, where another one has replaced it
 */
record LiveSecret(long id, SecretKeySpec key, @Nullable Instant validUntil) {

    boolean isValid(Instant now) {
        return validUntil == null || validUntil.isAfter(now);
    }

    @Override
    public String toString() {
        return "secret " + id;
    }
}
