package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import org.jspecify.annotations.Nullable;

/** What people write below an issue, as Jira lists it and as {@code store_discussion} takes it. */
enum DiscussionList {
    COMMENTS("comment", "comments") {
        @Override
        void addTo(ObjectNode item, JsonNode comment) {
            item.put("body", text(comment.path("body")));
        }
    },
    WORKLOGS("worklog", "worklogs") {
        @Override
        void addTo(ObjectNode item, JsonNode worklog) {
            item.put("comment", text(worklog.path("comment")));
            item.put("started", millis(worklog.path("started")));
            JsonNode seconds = worklog.path("timeSpentSeconds");
            item.put("seconds", seconds.canConvertToLong() && seconds.isNumber() ? seconds.asLong() : null);
        }
    };

    private static final int DIGITS_OF_A_LONG = 18;

    /** What Jira calls an entry, the field of an issue that has the list, and the end of the list's own address. */
    final String entry;

    /** The member that has the entries, in Jira's answers and in what is stored. */
    final String member;

    DiscussionList(String entry, String member) {
        this.entry = entry;
        this.member = member;
    }

    /** What only these entries have. */
    abstract void addTo(ObjectNode item, JsonNode from);

    /** Entries as Jira writes them, as a part of what is stored; those without an id are left out. */
    ObjectNode part(JsonNode entries, boolean complete) {
        ObjectNode part = JsonNodeFactory.instance.objectNode().put("complete", complete);
        ArrayNode items = part.putArray("items");
        for (JsonNode from : entries) {
            Long id = id(from);
            if (id != null) {
                addTo(item(items, id, from), from);
            }
        }
        return part;
    }

    private static ObjectNode item(ArrayNode items, long id, JsonNode from) {
        JsonNode author = from.path("author");
        return items.addObject()
                .put("id", id)
                .put("author", first(author, "displayName", "name", "accountId"))
                .put("authorId", first(author, "accountId", "name", "key"))
                .put("created", millis(from.path("created")))
                .put("updated", millis(from.hasNonNull("updated") ? from.path("updated") : from.path("created")));
    }

    /** The id of an entry; null where it has none. */
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
}
