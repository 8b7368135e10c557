package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a repository's history was there when an analysis was made. What no sync has read yet is left out of the analysis:
 * to whoever reads it, a zero would mean that there is none.
 */
final class History {

    private final JsonNode facts;
    private final JsonNode activity;

    /**
     * Of the facts of {@code sql/github/analysis-facts.sql}.
     *
     * @param facts    its object history
     * @param activity its figures, of which that of commits tells whether any have come
     */
    History(JsonNode facts, JsonNode activity) {
        this.facts = facts;
        this.activity = activity;
    }

    /** Whether a list was read to its end by a sync, such as branches or pulls. */
    boolean isRead(String list) {
        return facts.path(list).asBoolean();
    }

    /** Whether anything can be said of commits. */
    boolean hasCommits() {
        return isRead("commits") || activity.path("commits").asLong() > 0;
    }

    boolean isComplete() {
        return isRead("branches") && isRead("commits") && walksLeft() == 0;
    }

    private long walksLeft() {
        return facts.path("unwalked").asLong() + facts.path("left").asLong();
    }

    void put(ObjectNode answer) {
        ObjectNode node = answer.putObject("history");
        node.put("complete", isComplete());
        if (!isComplete()) {
            node.put("why", why());
        }
    }

    private String why() {
        List<String> missing = new ArrayList<>();
        for (String list : List.of("branches", "commits", "pulls", "releases")) {
            if (!isRead(list)) {
                missing.add(list.equals("pulls") ? "pull requests" : list);
            }
        }
        if (missing.isEmpty()) {
            return "Older commits are still to be read. The analysis is made again when they are there.";
        }
        String last = missing.remove(missing.size() - 1);
        String names = missing.isEmpty() ? last : String.join(", ", missing) + " and " + last;
        return "Not read yet: " + names + ". The analysis is made again when a sync has read them.";
    }

    /** Leaves out of the figures of activity what was not read. */
    void limit(ObjectNode figures) {
        if (!hasCommits()) {
            figures.retain("pulls", "releases");
        }
        if (!isRead("pulls")) {
            figures.remove("pulls");
        }
        if (!isRead("releases")) {
            figures.remove("releases");
        }
    }
}
