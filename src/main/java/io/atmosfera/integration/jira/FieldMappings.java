package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.http.Problem.FieldError;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.jira.BoundedExpression.RefusedException;
import io.atmosfera.integration.jira.ExpressionBudget.ExceededException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The part of the mapping that a project brings itself: jq over the raw issue, for columns and custom fields. */
@Component("fieldMappings")
public class FieldMappings {

    private static final Set<String> COLUMNS = Set.copyOf(TicketColumns.MAPPED);

    /** Without them there is no ticket, so what cannot give them sets the issue aside. */
    private static final Set<String> REQUIRED = Set.of("summary", "status");

    private static final Pattern CUSTOM =
            Pattern.compile("customFields\\.([\\p{L}_][\\p{L}\\p{M}\\p{N}_ &()/+#%'-]{0,254})");
    private static final Pattern POSITION = Pattern.compile("line (\\d+), column (\\d+)");
    private static final int MOST = 200;
    private static final int MOST_COMPILED = 500;

    private final Scope scope;
    private final Cache<Map<String, String>, Map<String, BoundedExpression>> compiled =
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

    /**
     * Puts what the project's expressions give over what the default mapping gave, row by row. A field whose expression
     * fails is left out, and the row says so; only without summary or status there is no row.
     */
    public ArrayNode apply(ArrayNode rows, ArrayNode issues, @Nullable JsonNode mappings) {
        Map<String, String> texts = texts(mappings);
        if (texts.isEmpty()) {
            return rows;
        }
        Map<String, BoundedExpression> queries = compiled.get(texts, this::compile);
        for (int i = 0; i < rows.size(); i++) {
            ObjectNode row = (ObjectNode) rows.get(i);
            if (!row.has("error")) {
                override(row, issues.get(i), queries);
            }
        }
        return rows;
    }

    private void override(ObjectNode row, JsonNode issue, Map<String, BoundedExpression> queries) {
        for (Map.Entry<String, BoundedExpression> mapping : queries.entrySet()) {
            String target = mapping.getKey();
            try {
                JsonNode first = mapping.getValue().first(Scope.newChildScope(scope), issue);
                JsonNode value = first == null ? row.nullNode() : first;
                Matcher custom = CUSTOM.matcher(target);
                if (custom.matches()) {
                    row.withObjectProperty("customFields").set(custom.group(1), value);
                } else {
                    row.set(target, value);
                }
            } catch (JsonQueryException | RuntimeException failed) {
                if (REQUIRED.contains(target)) {
                    row.put("error", "fieldMappings." + target + ": " + message(failed));
                    return;
                }
                leaveOut(row, target, message(failed));
            }
        }
    }

    private static void leaveOut(ObjectNode row, String target, String reason) {
        Matcher custom = CUSTOM.matcher(target);
        if (custom.matches()) {
            row.withObjectProperty("customFields").remove(custom.group(1));
        } else {
            row.putNull(target);
        }
        row.withObjectProperty(LeftOut.MEMBER).put(target, reason);
    }

    private Map<String, BoundedExpression> compile(Map<String, String> texts) {
        Map<String, BoundedExpression> queries = new LinkedHashMap<>();
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

    private BoundedExpression compile(String text) throws JsonQueryException {
        BoundedExpression expression = BoundedExpression.compile(text, scope);
        // What uses up its budget without any issue is better said now; what fails for want of one is not wrong.
        try {
            expression.first(Scope.newChildScope(scope), NullNode.getInstance());
        } catch (JsonQueryException noIssue) {
            // It may well work on an issue.
        }
        return expression;
    }

    private static String position(String text, Exception wrong) {
        if (wrong instanceof RefusedException refused) {
            return refused.getMessage() + at(text, place(text, refused.word()));
        }
        if (wrong instanceof ExceededException exceeded) {
            return exceeded.getMessage() + at(text, 0);
        }
        Matcher position = POSITION.matcher(message(wrong));
        return "is not valid jq 1.6"
                + (position.find()
                        ? " at line " + position.group(1) + ", column " + position.group(2)
                        : at(text, Math.max(0, text.length() - 1)));
    }

    /** Where a word stands by itself. */
    private static int place(String text, String word) {
        Matcher found = Pattern.compile("(?<![\\w.$])" + Pattern.quote(word) + "(?!\\w)")
                .matcher(text);
        return !word.isEmpty() && found.find() ? found.start() : 0;
    }

    private static String at(String text, int index) {
        String before = text.substring(0, index);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return " at line " + line + ", column " + (index - before.lastIndexOf('\n'));
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
