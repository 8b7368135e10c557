package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableJson;
import io.atmosfera.integration.database.StorableText;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a mapping gives to be stored: an array of objects with an {@code id} that is a text or a number, and where there
 * are such {@code title}, {@code state}, {@code author}, {@code url} (texts), {@code created_at}, {@code updated_at}
 * (moments in ISO-8601) and {@code texts}, in which the keys of tickets are looked for. All else is kept as it is. An item
 * that cannot be stored is quarantined with the reason; the others of its page are stored.
 */
@Component("sourceItems")
public class SourceItems {

    private static final List<String> TEXTS = List.of("title", "state", "author", "url");
    private static final List<String> MOMENTS = List.of("created_at", "updated_at");
    private static final int MOST_EXAMPLES = 5;
    private static final int MOST_OF_A_REASON = 500;
    private static final int MOST_OF_A_PAYLOAD = 100_000;

    private final StorableJson storable;
    private final RestFailures failures;
    private final ObjectMapper json;

    SourceItems(StorableJson storable, RestFailures failures, ObjectMapper json) {
        this.storable = storable;
        this.failures = failures;
        this.json = json;
    }

    /**
     * A page, ready to be stored; all as JSON that a statement takes.
     *
     * @param rows     the items that can be stored
     * @param aside    the items that cannot: {@code item_id, reason, payload}
     * @param warnings what a sync's log is to say of it; null where all can be stored
     */
    public record Sorted(String rows, String aside, @Nullable String warnings) {}

    /** An item that the mapping does not fit. */
    public record Unmapped(JsonNode item, String reason) {}

    /**
     * The page that a mapping gave.
     *
     * @throws CallException where it is no array
     */
    public Sorted sort(JsonNode mapped, String stream) {
        requireArray(mapped, stream);
        Page page = new Page(stream);
        mapped.forEach(page::add);
        return page.sorted();
    }

    /**
     * The page of which each item was mapped by itself, since the mapping did not fit the page as a whole.
     *
     * @param parts what each gave: an array, or {@link Unmapped}
     * @throws Throwable what the mapping of the page failed by, where it fits none of the items
     */
    public Sorted sortParts(List<?> parts, Throwable failure, String stream) throws Throwable {
        if (parts.stream().noneMatch(JsonNode.class::isInstance)) {
            throw failure;
        }
        Page page = new Page(stream);
        for (Object part : parts) {
            if (part instanceof Unmapped odd) {
                page.setAside(odd.item(), odd.reason());
            } else if (part instanceof JsonNode mapped) {
                requireArray(mapped, stream);
                mapped.forEach(page::add);
            }
        }
        return page.sorted();
    }

    /** An item as a page of its own. */
    public ArrayNode alone(JsonNode item) {
        return json.createArrayNode().add(item);
    }

    /** Notes an item that the mapping does not fit. */
    public Unmapped unmapped(JsonNode item, Throwable failure) {
        return new Unmapped(item, failures.describe(failure));
    }

    private static void requireArray(JsonNode mapped, String stream) {
        if (!mapped.isArray()) {
            throw new RefusedException(Reason.MAPPING, "The mapping of " + stream + " " + complaint(mapped) + ".");
        }
    }

    /** What is wrong with what a mapping gives; null where nothing is. */
    static @Nullable String complaint(JsonNode mapped) {
        if (!mapped.isArray()) {
            return "gives no array: it has to be map({id: …, …})";
        }
        for (JsonNode item : mapped) {
            String problem = problem(item);
            if (problem != null) {
                return "gives " + problem;
            }
        }
        return null;
    }

    /** Why an item cannot be stored; null where it can. */
    private static @Nullable String problem(JsonNode item) {
        JsonNode id = item.path("id");
        if (!(id.isIntegralNumber() || (id.isTextual() && !id.asText().isEmpty()))) {
            return "an item whose id is neither a text nor a whole number";
        }
        if (StorableText.isTooLongForAnIndex(id.asText())) {
            return "an item whose id is longer than " + StorableText.MOST_INDEXED_BYTES + " bytes";
        }
        String of = "for item " + id.asText() + " a ";
        for (String name : TEXTS) {
            if (item.hasNonNull(name) && !item.path(name).isTextual()) {
                return of + name + " that is no text";
            }
        }
        for (String name : MOMENTS) {
            if (item.hasNonNull(name) && moment(item.path(name)) == null) {
                return of + name + " that is no moment such as 2026-01-31T12:00:00Z";
            }
        }
        return null;
    }

    private static @Nullable String moment(JsonNode value) {
        return value.isTextual() ? StorableText.moment(value.textValue()) : null;
    }

    /** A page that is being sorted. */
    private final class Page {

        private final String stream;
        private final ArrayNode rows = json.createArrayNode();
        private final ArrayNode aside = json.createArrayNode();

        Page(String stream) {
            this.stream = stream;
        }

        void add(JsonNode item) {
            String problem = problem(item);
            if (problem == null) {
                ObjectNode row = item.deepCopy();
                for (String name : MOMENTS) {
                    if (row.hasNonNull(name)) {
                        row.put(name, moment(row.path(name)));
                    }
                }
                rows.add(row);
            } else {
                setAside(item, "The mapping gives " + problem + ".");
            }
        }

        void setAside(JsonNode item, String reason) {
            String payload = storable.text(item);
            aside.addObject()
                    .put("item_id", id(item))
                    .put("reason", StorableText.cut(reason, MOST_OF_A_REASON))
                    .put("payload", StorableText.cut(payload, MOST_OF_A_PAYLOAD));
        }

        private String id(JsonNode item) {
            // What usually identifies a source's own objects, if the mapping has not given an id.
            for (String name : List.of("id", "iid", "number", "key", "name")) {
                String value = item.path(name).asText("");
                if (!value.isEmpty()) {
                    return StorableText.indexed(value);
                }
            }
            return "?";
        }

        Sorted sorted() {
            return new Sorted(storable.text(rows), storable.text(aside), aside.isEmpty() ? null : warnings());
        }

        private String warnings() {
            StringBuilder words = new StringBuilder(stream).append(": ").append(aside.size());
            words.append(aside.size() == 1 ? " item" : " items").append(" could not be stored (quarantined): ");
            for (int i = 0; i < Math.min(aside.size(), MOST_EXAMPLES); i++) {
                words.append(i > 0 ? " " : "")
                        .append(aside.path(i).path("reason").asText());
            }
            ArrayNode warnings = json.createArrayNode();
            warnings.addObject()
                    .put("code", "set-aside")
                    .put(
                            "message",
                            words.append(aside.size() > MOST_EXAMPLES ? " …" : "")
                                    .toString());
            return storable.text(warnings);
        }
    }
}
