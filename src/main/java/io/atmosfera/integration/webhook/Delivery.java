package io.atmosfera.integration.webhook;

import io.atmosfera.integration.inbox.Envelope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A delivery whose signature holds, ready to be stored.
 *
 * @param integrationType who sent it
 * @param projectId       whose it is; null where it belongs to nobody
 * @param envelope        what it is about
 * @param deliveryId      the sender's id for it, the same when it is sent again
 * @param body            the bytes as they came
 * @param isForm          whether they are a form around the JSON
 * @param digest          the HMAC that held
 * @param secretId        the secret that it held with
 * @param traceId         names it in logs, rows and live updates
 * @param ignored         whether nothing follows from it
 */
record Delivery(
        String integrationType,
        @Nullable Long projectId,
        Envelope envelope,
        String deliveryId,
        byte[] body,
        boolean isForm,
        byte[] digest,
        long secretId,
        String traceId,
        boolean ignored) {

    String status() {
        return ignored ? "ignored" : "pending";
    }

    String lane() {
        return envelope.lane().name().toLowerCase(Locale.ROOT);
    }
}
