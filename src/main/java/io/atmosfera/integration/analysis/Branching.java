package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How a team works with branches, as far as the branches and pull requests that are there show it. */
final class Branching {

    /** Fewer pull requests are no way of working. */
    private static final int A_HABIT = 3;

    private static final int A_FEW = 3;

    private Branching() {}

    /**
     * The facts about branches with the strategy that they show.
     *
     * @param facts the object branching of {@code sql/github/analysis-facts.sql}
     * @param pulls its figures of pull requests; empty where they were not read
     * @param read  whether the branches were
     */
    static ObjectNode node(ObjectNode facts, JsonNode pulls, boolean read) {
        ObjectNode node = facts.objectNode();
        if (!read) {
            say(node, "unknown", "The branches were not read yet.");
            return node;
        }
        strategy(node, facts, pulls);
        for (String key : List.of("branches", "active", "stale", "medianAgeDays", "oldest")) {
            if (facts.hasNonNull(key)) {
                node.set(key, facts.get(key));
            }
        }
        return node;
    }

    private static void strategy(ObjectNode node, JsonNode facts, JsonNode pulls) {
        int branches = facts.path("branches").asInt();
        String main = facts.path("main").asText("its default branch");
        int releases = facts.path("releases").asInt();
        int hotfixes = facts.path("hotfixes").asInt();
        int others = facts.path("others").asInt();
        int merged = pulls.path("merged").asInt();
        if (branches == 0) {
            say(node, "unknown", "There are no branches.");
        } else if (facts.hasNonNull("develop")
                && (!facts.path("develop").asText().equals(main) || releases + hotfixes > 0)) {
            say(
                    node,
                    "git-flow",
                    "Beside " + main + " there is " + facts.path("develop").asText() + ", with " + releases
                            + " release and " + hotfixes + " hotfix branches.");
        } else if (releases > 1) {
            say(
                    node,
                    "release-branches",
                    releases + " branches are kept for releases, such as "
                            + facts.path("release").asText() + '.');
        } else if (merged >= A_HABIT) {
            say(
                    node,
                    "github-flow",
                    "Work comes into " + main + " by pull requests: " + merged + " were merged, " + others
                            + " other branches are active.");
        } else if (others <= A_FEW) {
            say(
                    node,
                    "trunk",
                    "Work is committed to " + main + ": " + merged + " pull requests were merged, " + others
                            + " other branches are active.");
        } else {
            say(
                    node,
                    "unknown",
                    others + " branches are active beside " + main + ", and " + merged + " pull requests were merged.");
        }
    }

    private static void say(ObjectNode node, String strategy, String why) {
        node.put("strategy", strategy).put("why", why);
    }
}
