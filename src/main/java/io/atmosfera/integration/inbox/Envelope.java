package io.atmosfera.integration.inbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a delivery before it is stored.
 *
 * @param eventType   the sender's name for what happened
 * @param action      GitHub's second half of it
 * @param site        where the sender says that it is, as an address below it
 * @param scope       Jira: the key of the project; GitHub: owner/name of the repository
 * @param scopeId     the id of Jira's project, or of GitHub's repository
 * @param formerScope Jira: the project that the issue was moved out of
 * @param entity      what the event is about, in one word; its events are applied in their order
 * @param lane        whether the other system has to be asked
 * @param known       whether anything here could follow from it
 */
public record Envelope(
        String eventType,
        @Nullable String action,
        @Nullable String site,
        @Nullable String scope,
        @Nullable String scopeId,
        @Nullable String formerScope,
        String entity,
        Lane lane,
        boolean known) {

    /** Which workers take an event. */
    public enum Lane {
        /** It brings all that is needed. */
        APPLY,
        /** The other system has to be asked. */
        FETCH;

        /** The lane as routes and the database name it. */
        public static Lane named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
