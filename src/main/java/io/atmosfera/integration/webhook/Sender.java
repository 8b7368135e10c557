package io.atmosfera.integration.webhook;

import io.atmosfera.integration.inbox.Envelope;
import io.atmosfera.integration.inbox.Reach;
import io.atmosfera.integration.inbox.Webhooks;
import java.util.List;

/**
 * A connection that sends webhooks: whose deliveries are a project's.
 *
 * @param projectId       the project
 * @param integrationType the source, such as {@code jira}
 * @param reach           what of the source the connection reads
 * @param webhooks        how the source's webhooks come in
 * @param secrets         the secrets that are valid now, or until they expire
 */
record Sender(long projectId, String integrationType, Reach reach, Webhooks webhooks, List<LiveSecret> secrets) {

    /** Whether one delivery may be for both. */
    boolean hasHooksWith(Sender other) {
        return isTheSame(other) || reach.hasHooksWith(other.reach);
    }

    /** A project has one sender of a type; what is known of it may have been read again in between. */
    private boolean isTheSame(Sender other) {
        return projectId == other.projectId && integrationType.equals(other.integrationType);
    }

    /** Whether a delivery that this sender signed is about the project. */
    boolean sends(Envelope envelope) {
        return webhooks.isWithin(reach, envelope);
    }
}
