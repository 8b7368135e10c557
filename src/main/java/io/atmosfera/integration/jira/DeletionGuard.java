package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.LenientJson;
import java.io.IOException;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides what the tickets that a full crawl did not bring mean. A lost permission, a changed JQL or a broken search
 * index looks like a mass deletion, so many at once are held back until a person confirms them.
 */
@Component("deletionGuard")
public class DeletionGuard {

    private static final int FEW = 20;
    private static final double SMALL_PART = 0.05;
    private static final int MANY = 500;

    private final ObjectMapper json;
    private final Clock clock;

    DeletionGuard(ObjectMapper json, Clock clock) {
        this.clock = clock;
        this.json = json;
    }

    /** Why it is not even worth looking at each missing ticket; null where it is. */
    public @Nullable String beforeLooking(Map<String, Object> counts, SyncRun run) {
        int missing = number(counts, "missing") + number(counts, "elsewhere");
        if (missing == 0 || run.isConfirmDeletions()) {
            return null;
        }
        if (number(counts, "seen") == 0) {
            return "Jira gave no ticket at all although " + missing + " are here" + HELD;
        }
        return missing > MANY ? tooMany(missing, number(counts, "local")) : null;
    }

    /** Why so many that are really gone are held back; null where they may go. */
    public @Nullable String afterLooking(Reconciliation reconciliation, Map<String, Object> counts, SyncRun run) {
        int gone = reconciliation.goneCount();
        int local = number(counts, "local");
        boolean suspicious = gone > MANY || (gone > FEW && gone > local * SMALL_PART);
        return suspicious && !run.isConfirmDeletions() ? tooMany(gone, local) : null;
    }

    private static final String HELD =
            "; nothing was deleted, and they stay as they are. Check the account's permissions, the project key and the JQL."
                    + " If they are really gone, start a full sync with confirmDeletions.";

    private static String tooMany(int gone, int local) {
        return gone + " of " + local
                + " tickets are no longer in Jira's answer: deleted, moved, out of the scope or of another" + " site"
                + HELD;
    }

    public Reconciliation begin(Map<String, Object> missing) {
        return new Reconciliation(
                Arrays.stream((Long[]) array(missing.get("ids")))
                        .mapToLong(Long::longValue)
                        .toArray(),
                (String[]) array(missing.get("keys")),
                clock.millis(),
                missing.get("looks") instanceof Number looks
                        ? Math.min(looks.intValue(), number(missing, "missing"))
                        : Integer.MAX_VALUE,
                number(missing, "elsewhere"));
    }

    public String url(Reconciliation reconciliation, SyncRun run) {
        return run.getConnection().api("/issue/" + reconciliation.jiraId() + "?fields=*all&expand=changelog");
    }

    /**
     * Notes what a look at one issue gave.
     *
     * @param issue the issue, or null where Jira does not have it
     */
    public void judge(Reconciliation reconciliation, byte @Nullable [] issue, SyncRun run) throws IOException {
        if (issue == null || issue.length == 0) {
            reconciliation.isGone();
            return;
        }
        JsonNode found = LenientJson.read(issue, json);
        JiraConnection connection = run.getConnection();
        String key = found.path("key").asText();
        boolean sameProject =
                JiraConnection.projectOf(key).equalsIgnoreCase(JiraConnection.projectOf(reconciliation.jiraKey()));
        if (connection.jql() == null && connection.reaches(found)) {
            if (key.equals(reconciliation.jiraKey())) {
                reconciliation.isThere();
            } else {
                reconciliation.isMoved(issue);
            }
        } else if (sameProject) {
            reconciliation.isOutOfScope();
        } else {
            reconciliation.hasLeft(issue);
        }
    }

    /** Notes an issue that is there and not here; null where it has gone in the meantime. */
    public void found(Reconciliation reconciliation, byte @Nullable [] issue) {
        if (issue == null || issue.length == 0) {
            reconciliation.isThere();
        } else {
            reconciliation.isMoved(issue);
        }
    }

    public IssuePage movedPage(Reconciliation reconciliation) {
        List<byte[]> moved = reconciliation.moved();
        return IssuePage.of(moved, reconciliation.askedMs(), json);
    }

    public String warning(String message) {
        return json.createArrayNode()
                .add(json.createObjectNode().put("code", "deletion-guard").put("message", message))
                .toString();
    }

    private static int number(Map<String, Object> counts, String name) {
        return counts.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static Object array(@Nullable Object value) {
        try {
            if (value instanceof Array array) {
                return array.getArray();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("An array that was read is readable", e);
        }
        throw new IllegalStateException("The reconciliation gave no list of ids");
    }
}
