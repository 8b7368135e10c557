package io.atmosfera.integration.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.database.StorableText;
import io.atmosfera.integration.outbound.TransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The fields of each connection's Jira, as they were listed last. */
@Component("jiraFieldLists")
public class JiraFieldLists {

    private static final int MOST_CACHED = 200;

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;
    private final Cache<String, Known> cache =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    JiraFieldLists(JdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    private record Known(String readAt, JiraFields all, JiraFields mapped) {}

    /** What is known of a connection's fields, for what its configuration makes of custom fields. */
    JiraFields of(JiraConnection connection, JsonNode config) {
        boolean mapped = config.path("customFields").asText("all").equals("mapped");
        if (!connection.id().matches("\\d{1,18}")) {
            return JiraFields.of(null, mapped);
        }
        long id = Long.parseLong(connection.id());
        List<String> readAt =
                jdbc.queryForList("SELECT read_at::text FROM jira_fields WHERE config_id = ?", String.class, id);
        if (readAt.isEmpty()) {
            return JiraFields.of(null, mapped);
        }
        Known known = cache.getIfPresent(connection.id());
        if (known == null || !known.readAt().equals(readAt.get(0))) {
            known = read(id);
            cache.put(connection.id(), known);
        }
        return mapped ? known.mapped() : known.all();
    }

    private Known read(long id) {
        return jdbc.queryForObject(
                "SELECT read_at::text, fields::text FROM jira_fields WHERE config_id = ?",
                (row, number) -> {
                    JsonNode list = tree(row.getString(2));
                    return new Known(row.getString(1), JiraFields.of(list, false), JiraFields.of(list, true));
                },
                id);
    }

    /**
     * The custom fields in what Jira answers, as they are kept.
     *
     * @throws TransientException where the answer is no list
     */
    public String kept(JsonNode answer) {
        if (!answer.isArray()) {
            throw new TransientException("What answers at Jira's /field is no list of fields");
        }
        ArrayNode kept = json.createArrayNode();
        for (JsonNode field : answer) {
            String id = field.path("id").asText();
            if (JiraFields.isCustom(id)) {
                JsonNode schema = field.path("schema");
                kept.addObject()
                        .put("id", StorableText.clean(id))
                        .put("name", StorableText.clean(field.path("name").asText("")))
                        .putObject("schema")
                        .put("type", StorableText.clean(schema.path("type").asText("")))
                        .put("items", StorableText.clean(schema.path("items").asText("")))
                        .put("custom", StorableText.clean(schema.path("custom").asText("")));
            }
        }
        return kept.toString();
    }

    /** The run with the fields that are known now, for its configuration as JSON. */
    public SyncRun refreshed(SyncRun run, @Nullable String config) {
        return run.with(of(run.getConnection(), tree(config)));
    }

    private JsonNode tree(@Nullable String text) {
        try {
            return json.readTree(text == null ? "null" : text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }
}
