package io.atmosfera.integration.inbox;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What of a source a connection reads, to tell whose a delivery is.
 *
 * @param sites     where the other system is, as it is configured and as it calls itself, without slashes at their ends
 * @param scopes    the names of what is read: a Jira project's key, owner/name of a repository
 * @param wholeSite whether something else than those names says what belongs to the project, such as a JQL
 * @param ids       of the same, as far as they are known
 * @param address   where a hook that the platform looks after delivers to, without slashes at its end
 */
public record Reach(
        List<String> sites, List<String> scopes, boolean wholeSite, List<String> ids, @Nullable String address) {

    /** Whether both have a hook in common: there is one for an address and a scope, however many connections name them. */
    public boolean hasHooksWith(Reach other) {
        return address != null
                && address.equals(other.address)
                && sites.equals(other.sites)
                && (ids.stream().anyMatch(other.ids::contains)
                        || scopes.stream().anyMatch(other::hasScope));
    }

    public boolean hasScope(@Nullable String name) {
        return scopes.stream().anyMatch(scope -> scope.equalsIgnoreCase(name));
    }

    public boolean hasId(@Nullable String id) {
        return id != null && ids.contains(id);
    }

    /** Whether an address is below one of the sites; true for none. */
    public boolean hasAddress(@Nullable String below) {
        if (below == null) {
            return true;
        }
        String named = below.toLowerCase(Locale.ROOT);
        return sites.stream().anyMatch(site -> named.startsWith(site.toLowerCase(Locale.ROOT) + "/"));
    }
}
