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
 * @param scopes          Jira: the project's key, as it was entered and as it is; GitHub: owner/name of each repository
 * @param wholeSite       Jira: whether a JQL of its own says what belongs to the project, not the key
 * @param ids             of Jira's project or GitHub's repositories, where they are known
 * @param address         GitHub: where the hooks that the platform looks after deliver to, without slashes at its end
 * @param secrets         the secrets that are valid now, or until they expire
 */
record Sender(
        long projectId,
        String integrationType,
        List<String> sites,
        List<String> scopes,
        boolean wholeSite,
        List<String> ids,
        @Nullable String address,
        List<LiveSecret> secrets) {

    /**
     * Whether one delivery may be for both: GitHub has one hook for an address and a repository, however many connections
     * name them.
     */
    boolean hasHooksWith(Sender other) {
        return isTheSame(other)
                || (address != null
                        && address.equals(other.address)
                        && sites.equals(other.sites)
                        && (ids.stream().anyMatch(other.ids::contains)
                                || scopes.stream().anyMatch(other::isOfScope)));
    }

    /** A project has one sender of a type; what is known of it may have been read again in between. */
    private boolean isTheSame(Sender other) {
        return projectId == other.projectId && integrationType.equals(other.integrationType);
    }

    /** Whether a delivery that this sender signed is about the project. */
    boolean sends(Envelope envelope) {
        if (integrationType.equals("github")) {
            return isOfScope(envelope.scope()) || (envelope.scopeId() != null && ids.contains(envelope.scopeId()));
        }
        return isOfSite(envelope.site())
                && (wholeSite
                        || envelope.scope() == null
                        || isOfProject(envelope)
                        || isOfScope(envelope.formerScope()));
    }

    /** By the id where it is known: a project that is renamed keeps it, and another one may get the former key. */
    private boolean isOfProject(Envelope envelope) {
        return (envelope.scopeId() == null || ids.isEmpty())
                ? isOfScope(envelope.scope())
                : ids.contains(envelope.scopeId());
    }

    private boolean isOfScope(@Nullable String name) {
        return scopes.stream().anyMatch(scope -> scope.equalsIgnoreCase(name));
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
