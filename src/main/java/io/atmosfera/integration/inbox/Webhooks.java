package io.atmosfera.integration.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the webhooks of a source come in: how they are signed, what they are about, and whose they are. */
public interface Webhooks {

    /** The header that has {@code sha256=} and the HMAC of the body. */
    String signatureHeader();

    /** The header that has the sender's id of a delivery. */
    String deliveryHeader();

    /** All headers of a delivery that anything here reads, the two above among them. */
    Set<String> headers();

    /** Whether a delivery may be a form that has the JSON in its field {@code payload}. */
    boolean takesForms();

    /** The values of a body that are looked for before it is stored. */
    EnvelopeFields.Wanted fields();

    /** What a delivery is about. */
    Envelope envelope(UnaryOperator<@Nullable String> headers, EnvelopeFields fields);

    /** Whether a delivery only asks if anybody is there: it is answered and not stored. */
    boolean isPing(Envelope envelope);

    /** What connections reach, by their projects, from the configurations of those. */
    Map<Long, Reach> reaches(Map<Long, JsonNode> configurations);

    /** Whether what a delivery is about belongs to a connection. */
    boolean isWithin(Reach reach, Envelope envelope);

    /** Takes note of a delivery whose signature is wrong. */
    void refused(UnaryOperator<@Nullable String> headers);
}
