package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which status may follow which, and what else changes with the status. */
final class Workflow {

    record Transition(String id, String name, String to) {}

    private static final List<Transition> TRANSITIONS = List.of(
            new Transition("11", "Back to To Do", "To Do"),
            new Transition("21", "Start progress", "In Progress"),
            new Transition("31", "Ask for review", "In Review"),
            new Transition("41", "Done", "Done"),
            new Transition("51", "Block", "Blocked"),
            new Transition("61", "Cancel", "Cancelled"));

    private static final Map<String, Set<String>> AFTER = Map.of(
            "To Do", Set.of("In Progress", "Cancelled"),
            "In Progress", Set.of("In Review", "Blocked", "To Do"),
            "In Review", Set.of("Done", "In Progress"),
            "Blocked", Set.of("In Progress", "To Do", "Cancelled"),
            "Done", Set.of("To Do"),
            "Cancelled", Set.of("To Do"));

    private final Catalog catalog;
    private final JiraTime time;

    Workflow(Catalog catalog, JiraTime time) {
        this.catalog = catalog;
        this.time = time;
    }

    /** Only what is possible from here: transition ids cannot be reused between statuses. */
    static List<Transition> from(String status) {
        Set<String> allowed = AFTER.getOrDefault(status, Set.of("To Do"));
        return TRANSITIONS.stream().filter(t -> allowed.contains(t.to())).toList();
    }

    static Optional<Transition> from(String status, String transitionId) {
        return from(status).stream().filter(t -> t.id().equals(transitionId)).findFirst();
    }

    static String statusOf(ObjectNode fields) {
        return fields.path("status").path("name").asText();
    }

    void moveTo(ObjectNode fields, String status, Instant at) {
        String before = fields.path("status").path("statusCategory").path("key").asText();
        ObjectNode node = catalog.get(Catalog.Kind.STATUS, status);
        String after = node.path("statusCategory").path("key").asText();
        fields.set("status", node);
        if (before.equals(after)) {
            return;
        }
        fields.put("statuscategorychangedate", time.format(at));
        if (after.equals("done")) {
            String resolution = status.equals("Cancelled") ? "Won't Do" : "Done";
            fields.set("resolution", catalog.get(Catalog.Kind.RESOLUTION, resolution));
            fields.put("resolutiondate", time.format(at));
        } else {
            fields.putNull("resolution");
            fields.putNull("resolutiondate");
        }
    }
}
