package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import java.nio.charset.StandardCharsets;
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
    private static final int DIGITS_OF_A_LONG = 18;

    /** What an issue brings; a list that Jira has cut is not complete. */
    static Discussion of(JsonNode issue) {
        JsonNode fields = issue.path("fields");
        JsonNode comments = fields.path("comment");
        JsonNode worklogs = fields.path("worklog");
        boolean hasComments = comments.path("comments").isArray();
        boolean hasWorklogs = worklogs.path("worklogs").isArray();
        if (!hasComments && !hasWorklogs) {
            return NONE;
        }
        ObjectNode stored = NODES.objectNode();
        stored.put("at", JiraTime.millis(fields.path("updated").asText(null)));
        String commentsHash = null;
        String worklogsHash = null;
        if (hasComments) {
            ObjectNode part = comments(comments.path("comments"), isComplete(comments, "comments"));
            commentsHash = hash(part, comments.path("total"));
            stored.set("comments", part);
        }
        if (hasWorklogs) {
            ObjectNode part = worklogs(worklogs.path("worklogs"), isComplete(worklogs, "worklogs"));
            worklogsHash = hash(part, worklogs.path("total"));
            stored.set("worklogs", part);
        }
        return new Discussion(stored, commentsHash, worklogsHash);
    }

    /** The comment or worklog that an event tells of, as it is stored; null where it tells of none. */
    static @Nullable ObjectNode told(JiraEvent event) {
        JsonNode comment = event.rest().path("comment");
        JsonNode worklog = event.rest().path("worklog");
        boolean deleted = event.source().eventType().endsWith("_deleted");
        // Some events name no more than the id: only of a deletion that is enough.
        Long commentId = deleted || comment.has("created") ? id(comment) : null;
        Long worklogId = deleted || worklog.has("created") ? id(worklog) : null;
        if (commentId == null && worklogId == null) {
            return null;
        }
        ObjectNode stored = NODES.objectNode().put("at", event.at());
        if (commentId != null) {
            gone(
                    stored.set("comments", comments(NODES.arrayNode().add(comment), false)),
                    "comments",
                    deleted,
                    commentId);
        }
        if (worklogId != null) {
            gone(
                    stored.set("worklogs", worklogs(NODES.arrayNode().add(worklog), false)),
                    "worklogs",
                    deleted,
                    worklogId);
        }
        return stored;
    }

    private static void gone(ObjectNode stored, String part, boolean deleted, long id) {
        if (deleted) {
            stored.withObjectProperty(part).putArray("gone").add(id);
        }
    }

    /** As JSON. */
    @Nullable
    String text() {
        return stored == null ? null : stored.toString();
    }

    private static boolean isComplete(JsonNode page, String list) {
        return page.path("total").asInt(0) <= page.path(list).size();
    }

    /** Comments as Jira writes them, as a part of what is stored. */
    static ObjectNode comments(JsonNode comments, boolean complete) {
        ObjectNode part = NODES.objectNode().put("complete", complete);
        ArrayNode items = part.putArray("items");
        for (JsonNode comment : comments) {
            ObjectNode item = item(items, comment);
            if (item != null) {
                item.put("body", text(comment.path("body")));
            }
        }
        return part;
    }

    /** Worklogs as Jira writes them, as a part of what is stored. */
    static ObjectNode worklogs(JsonNode worklogs, boolean complete) {
        ObjectNode part = NODES.objectNode().put("complete", complete);
        ArrayNode items = part.putArray("items");
        for (JsonNode worklog : worklogs) {
            ObjectNode item = item(items, worklog);
            if (item != null) {
                item.put("comment", text(worklog.path("comment")));
                item.put("started", millis(worklog.path("started")));
                JsonNode seconds = worklog.path("timeSpentSeconds");
                item.put("seconds", seconds.canConvertToLong() && seconds.isNumber() ? seconds.asLong() : null);
            }
        }
        return part;
    }

    /** What comments and worklogs have in common; null for what has no id. */
    private static @Nullable ObjectNode item(ArrayNode items, JsonNode from) {
        Long id = id(from);
        if (id == null) {
            return null;
        }
        JsonNode author = from.path("author");
        return items.addObject()
                .put("id", id)
                .put("author", first(author, "displayName", "name", "accountId"))
                .put("authorId", first(author, "accountId", "name", "key"))
                .put("created", millis(from.path("created")))
                .put("updated", millis(from.hasNonNull("updated") ? from.path("updated") : from.path("created")));
    }

    /** The id of a comment or worklog; null where there is none. */
    static @Nullable Long id(JsonNode from) {
        String id = from.path("id").asText("");
        return !id.isEmpty() && id.length() <= DIGITS_OF_A_LONG && id.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.valueOf(id)
                : null;
    }

    private static @Nullable Long millis(JsonNode time) {
        return JiraTime.millis(time.asText(null));
    }

    private static @Nullable String first(JsonNode person, String... members) {
        for (String member : members) {
            if (person.path(member).isTextual()) {
                return StorableText.clean(person.path(member).asText());
            }
        }
        return null;
    }

    private static @Nullable String text(JsonNode text) {
        if (text.isNull() || text.isMissingNode()) {
            return null;
        }
        return StorableText.clean(text.isObject() ? AdfText.of(text) : text.asText());
    }

    /** Empty for an empty list, as of a ticket that never had any. */
    private static String hash(ObjectNode part, JsonNode total) {
        return part.path("items").isEmpty() && total.asInt(0) == 0
                ? ""
                : UUID.nameUUIDFromBytes((part.toString() + total.asInt(0)).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }
}
