package io.atmosfera.integration.webhook;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection that sends webhooks: whose deliveries are a project's.
 *
 * @param projectId       the project
 * @param integrationType {@code jira} or {@code github}
 * @param sites           Jira: where it is and where it takes itself to be, without slashes at their ends; GitHub: where
 *                        its API is
 * @param scope           Jira: the project's key; GitHub: owner/name
 * @param wholeSite       Jira: whether a JQL of its own says what belongs to the project, not the key
 * @param repositoryId    GitHub: the repository's id, where it is known
 * @param secrets         the secrets that are valid now, or until they expire
 */
record Sender(
        long projectId,
        String integrationType,
        List<String> sites,
        String scope,
        boolean wholeSite,
        @Nullable String repositoryId,
        List<LiveSecret> secrets) {

    /** Whether a delivery that this sender signed is about the project. */
    boolean sends(Envelope envelope) {
        if (integrationType.equals("github")) {
            return scope.equalsIgnoreCase(envelope.scope())
                    || (repositoryId != null && repositoryId.equals(envelope.scopeId()));
        }
        return isOfSite(envelope.site())
                && (wholeSite
                        || envelope.scope() == null
                        || scope.equalsIgnoreCase(envelope.scope())
                        || scope.equalsIgnoreCase(envelope.formerScope()));
    }

    /** Jira's events name themselves by addresses below its base; some name none. */
    private boolean isOfSite(@Nullable String address) {
        if (address == null) {
            return true;
        }
        String named = address.toLowerCase(Locale.ROOT);
        return sites.stream().anyMatch(site -> named.startsWith(site.toLowerCase(Locale.ROOT) + "/"));
    }
}
