package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The comments and worklogs that an issue brings, as {@code store_discussion} takes them.
 *
 * @param stored       null where the issue brings none of the two lists
 * @param commentsHash tells whether these comments are stored already; null where the issue does not bring the list
 * @param worklogsHash the same for the worklogs
 */
record Discussion(@Nullable ObjectNode stored, @Nullable String commentsHash, @Nullable String worklogsHash) {

    static final Discussion NONE = new Discussion(null, null, null);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What an issue brings; a list that Jira has cut is not complete. */
    static Discussion of(JsonNode issue) {
        JsonNode fields = issue.path("fields");
        ObjectNode stored = NODES.objectNode();
        Map<DiscussionList, String> hashes = new EnumMap<>(DiscussionList.class);
        for (DiscussionList list : DiscussionList.values()) {
            JsonNode page = fields.path(list.entry);
            JsonNode entries = page.path(list.member);
            if (entries.isArray()) {
                boolean complete = page.path("total").asInt(0) <= entries.size();
                ObjectNode part = list.part(entries, complete);
                if (!complete) {
                    part.put("more", true);
                }
                hashes.put(list, hash(part, page.path("total")));
                stored.set(list.member, part);
            }
        }
        if (hashes.isEmpty()) {
            return NONE;
        }
        stored.put("at", JiraTime.millis(fields.path("updated").asText(null)));
        return new Discussion(stored, hashes.get(DiscussionList.COMMENTS), hashes.get(DiscussionList.WORKLOGS));
    }

    /** The comment or worklog that an event tells of, as it is stored; null where it tells of none. */
    static @Nullable ObjectNode told(JiraEvent event) {
        boolean deleted = event.source().eventType().endsWith("_deleted");
        ObjectNode stored = NODES.objectNode();
        for (DiscussionList list : DiscussionList.values()) {
            JsonNode entry = event.rest().path(list.entry);
            Long id = DiscussionList.id(entry);
            // Some events name no more than the id: only of a deletion that is enough.
            if (id != null && (deleted || entry.has("created"))) {
                ObjectNode part = list.part(NODES.arrayNode().add(entry), false);
                if (deleted) {
                    part.putArray("gone").add(id);
                }
                stored.set(list.member, part);
            }
        }
        return stored.isEmpty() ? null : stored.put("at", event.at());
    }

    /** As JSON. */
    @Nullable
    String text() {
        return stored == null ? null : stored.toString();
    }

    /** Empty for an empty list, as of a ticket that never had any. */
    private static String hash(ObjectNode part, JsonNode total) {
        return part.path("items").isEmpty() && total.asInt(0) == 0
                ? ""
                : UUID.nameUUIDFromBytes((part.toString() + total.asInt(0)).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }
}
