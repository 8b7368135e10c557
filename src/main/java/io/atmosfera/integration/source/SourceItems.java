package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.database.StorableJson;
import io.atmosfera.integration.source.RestException.Reason;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a mapping gives to be stored: an array of objects with an {@code id} that is a text or a number, and where there
 * are such {@code title}, {@code state}, {@code author}, {@code url} (texts), {@code created_at}, {@code updated_at}
 * (moments in ISO-8601) and {@code texts}, in which the keys of tickets are looked for. All else is kept as it is.
 */
@Component("sourceItems")
public class SourceItems {

    private static final List<String> TEXTS = List.of("title", "state", "author", "url");
    private static final List<String> MOMENTS = List.of("created_at", "updated_at");

    private final StorableJson storable;

    SourceItems(StorableJson storable) {
        this.storable = storable;
    }

    /**
     * The items as JSON that a statement takes.
     *
     * @throws RestException where the mapping gives something else
     */
    public String rows(JsonNode mapped, String stream) {
        String complaint = complaint(mapped);
        if (complaint != null) {
            throw new RestException(Reason.MAPPING, "The mapping of " + stream + " " + complaint + ".");
        }
        return storable.text(mapped);
    }

    /** What is wrong with what a mapping gives; null where nothing is. */
    static @Nullable String complaint(JsonNode mapped) {
        if (!mapped.isArray()) {
            return "gives no array: it has to be map({id: …, …})";
        }
        for (JsonNode item : mapped) {
            JsonNode id = item.path("id");
            if (!(id.isIntegralNumber() || (id.isTextual() && !id.asText().isEmpty()))) {
                return "gives an item whose id is neither a text nor a whole number";
            }
            String of = "gives for item " + id.asText() + " a ";
            for (String name : TEXTS) {
                if (item.hasNonNull(name) && !item.path(name).isTextual()) {
                    return of + name + " that is no text";
                }
            }
            for (String name : MOMENTS) {
                if (item.hasNonNull(name) && !isMoment(item.path(name))) {
                    return of + name + " that is no moment such as 2026-01-31T12:00:00Z";
                }
            }
        }
        return null;
    }

    private static boolean isMoment(JsonNode value) {
        try {
            return value.isTextual() && OffsetDateTime.parse(value.asText()).getYear() > 0;
        } catch (DateTimeException other) {
            return false;
        }
    }
}
