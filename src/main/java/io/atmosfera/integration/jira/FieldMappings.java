package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.http.Problem.FieldError;
import io.atmosfera.integration.http.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The part of the mapping that a project brings itself: jq over the raw issue, for columns and custom fields. */
@Component("fieldMappings")
public class FieldMappings {

    private static final Set<String> COLUMNS = Set.of(
            "issueType",
            "summary",
            "description",
            "priority",
            "status",
            "assignee",
            "assigneeId",
            "reporter",
            "reporterId",
            "labels",
            "components",
            "createdDate",
            "updatedDate");

    private static final Pattern CUSTOM = Pattern.compile("customFields\\.([A-Za-z_][A-Za-z0-9_ -]{0,99})");
    private static final Pattern POSITION = Pattern.compile("line (\\d+), column (\\d+)");
    private static final Pattern DEFINITION = Pattern.compile("\\b(def|import|include)\\b|\\$ENV|\\$__prog");
    private static final int MOST = 200;
    private static final int MOST_COMPILED = 500;

    private final Scope scope;
    private final Cache<Map<String, String>, Map<String, JsonQuery>> compiled =
            Caffeine.newBuilder().maximumSize(MOST_COMPILED).build();

    FieldMappings(MappingLanguage language) {
        this.scope = language.projectScope();
    }

    /**
     * Checks mappings before they are saved.
     *
     * @throws ProblemException 400 that names {@code fieldMappings.TARGET} and the position of each error
     */
    public void validate(@Nullable JsonNode mappings) {
        compile(texts(mappings));
    }

    /** Puts what the project's expressions give over what the default mapping gave, row by row. */
    public ArrayNode apply(ArrayNode rows, ArrayNode issues, @Nullable JsonNode mappings) {
        Map<String, String> texts = texts(mappings);
        if (texts.isEmpty()) {
            return rows;
        }
        Map<String, JsonQuery> queries = compiled.get(texts, this::compile);
        for (int i = 0; i < rows.size(); i++) {
            ObjectNode row = (ObjectNode) rows.get(i);
            if (!row.has("error")) {
                override(row, issues.get(i), queries);
            }
        }
        return rows;
    }

    private void override(ObjectNode row, JsonNode issue, Map<String, JsonQuery> queries) {
        for (Map.Entry<String, JsonQuery> mapping : queries.entrySet()) {
            String target = mapping.getKey();
            try {
                List<JsonNode> results = new ArrayList<>(1);
                mapping.getValue().apply(Scope.newChildScope(scope), issue, results::add);
                JsonNode value = results.isEmpty() ? row.nullNode() : results.get(0);
                Matcher custom = CUSTOM.matcher(target);
                if (custom.matches()) {
                    row.withObjectProperty("customFields").set(custom.group(1), value);
                } else {
                    row.set(target, value);
                }
            } catch (JsonQueryException | RuntimeException failed) {
                row.put("error", "fieldMappings." + target + ": " + message(failed));
                return;
            }
        }
    }

    private Map<String, JsonQuery> compile(Map<String, String> texts) {
        Map<String, JsonQuery> queries = new LinkedHashMap<>();
        List<FieldError> errors = new ArrayList<>();
        if (texts.size() > MOST) {
            errors.add(new FieldError("fieldMappings", "has more than " + MOST + " entries"));
        }
        texts.forEach((target, text) -> {
            String field = "fieldMappings." + target;
            if (!COLUMNS.contains(target) && !CUSTOM.matcher(target).matches()) {
                errors.add(new FieldError(
                        field,
                        "is no ticket field; use customFields.NAME or one of "
                                + String.join(", ", COLUMNS.stream().sorted().toList())));
                return;
            }
            try {
                queries.put(target, compile(text));
            } catch (JsonQueryException | RuntimeException wrong) {
                errors.add(new FieldError(field, position(text, wrong)));
            }
        });
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return queries;
    }

    private JsonQuery compile(String text) throws JsonQueryException {
        Matcher definition = DEFINITION.matcher(text);
        if (definition.find()) {
            throw new IllegalArgumentException(
                    "'" + definition.group() + "' is not allowed here at line 1, column " + (definition.start() + 1));
        }
        JsonQuery query = JsonQuery.compile(text, Versions.JQ_1_6);
        // A function that does not exist is found when it is called; null reaches every branch that matters here.
        try {
            query.apply(
                    Scope.newChildScope(scope), com.fasterxml.jackson.databind.node.NullNode.getInstance(), any -> {});
        } catch (JsonQueryException failed) {
            if (message(failed).contains("does not exist")) {
                throw new IllegalArgumentException(message(failed), failed);
            }
        }
        return query;
    }

    private static String position(String text, Exception wrong) {
        String message = message(wrong);
        Matcher position = POSITION.matcher(message);
        if (position.find()) {
            String reason =
                    message.startsWith("'") ? message.substring(0, message.indexOf(" at line")) : "is not valid jq 1.6";
            return reason + " at line " + position.group(1) + ", column " + position.group(2);
        }
        Matcher function = Pattern.compile("Function (\\S+)/\\d+").matcher(message);
        if (function.find()) {
            int at = Math.max(0, text.indexOf(function.group(1)));
            return "there is no function " + function.group(1) + " (line 1, column " + (at + 1) + ")";
        }
        return "is not valid jq 1.6 (line 1, column 1): "
                + message.lines().findFirst().orElse("");
    }

    private static String message(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static Map<String, String> texts(@Nullable JsonNode mappings) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (mappings != null) {
            mappings.properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        }
        return texts;
    }
}
