package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableJson;
import io.atmosfera.integration.database.StorableText;
import io.atmosfera.integration.github.GitHubStoring.Problem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.stereotype.Component;

/**
 * Stores what can be stored of a page: values that PostgreSQL refuses are cut or left out, and an object that cannot be stored
 * without them is quarantined with a reason.
 */
@Component("githubRowStore")
public class GitHubRowStore {

    private static final int MOST_EXAMPLES = 5;
    private static final int MOST_OF_A_PAYLOAD = 100_000;

    /** What names an object, in this order; of a row and of what GitHub gives. */
    private static final List<String> NAMES =
            List.of("number", "sha", "id", "state_id", "repository_id", "name", "path", "ref", "oid", "filename");

    /** Streams whose rows are found by their name: a name that was cut would be another's. */
    private static final Set<String> BY_NAME = Set.of("branches", "tags");

    private final ObjectMapper json;
    private final StorableJson storable;

    GitHubRowStore(ObjectMapper json, StorableJson storable) {
        this.json = json;
        this.storable = storable;
    }

    /** Begins to store a page: an array of objects, one, or one that has the array as GitHub's lists of runs have it. */
    public GitHubStoring begin(String stream, JsonNode page) {
        for (JsonNode list : List.of(page, page.path("workflow_runs"), page.path("check_runs"))) {
            if (list instanceof ArrayNode many) {
                return new GitHubStoring(stream, many);
            }
        }
        return new GitHubStoring(stream, json.createArrayNode().add(page));
    }

    /** The objects that are to be stored together next. */
    public ArrayNode next(GitHubStoring storing) {
        return storing.next();
    }

    /** The rows of the batch as JSON, with values that PostgreSQL takes. */
    public String clean(GitHubStoring storing, JsonNode rows) {
        List<String> refs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (JsonNode row : rows) {
            String ref = ref(row);
            if (row instanceof ObjectNode one) {
                requireName(storing, one);
                GitHubValues values = new GitHubValues();
                values.mend(one);
                values.cut().forEach(what -> problems.add(new Problem(ref, what, null)));
            }
            refs.add(ref);
        }
        storing.cleaned(refs, problems);
        return storable.text(rows);
    }

    private static void requireName(GitHubStoring storing, ObjectNode row) {
        String name = row.path("name").asText("");
        if (BY_NAME.contains(storing.getStream()) && StorableText.isLonger(name, GitHubValues.LONGEST_NAME)) {
            throw new UnstorableException("Its name is longer than " + GitHubValues.LONGEST_NAME + " bytes.");
        }
    }

    /** An object cannot be stored; the message says why. */
    private static final class UnstorableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnstorableException(String why) {
            super(why);
        }
    }

    /** Notes that the batch was stored. */
    public void stored(GitHubStoring storing, Map<String, Object> row) {
        storing.stored(row);
    }

    /**
     * Tries the halves of a batch that could not be stored; a single object is quarantined.
     *
     * @throws Throwable the failure, where it is not of the objects
     */
    public void refused(GitHubStoring storing, Throwable failure) throws Throwable {
        String reason = reason(failure);
        if (reason == null) {
            throw failure;
        }
        if (storing.batch().size() > 1) {
            storing.halve();
        } else {
            storing.setAside(ref(storing.batch().path(0)), reason);
        }
    }

    /** What was quarantined, as rows for SQL: an array of {@code ref, reason, payload}. */
    public String refusedRows(GitHubStoring storing) {
        ArrayNode rows = json.createArrayNode();
        for (Problem problem : storing.problems()) {
            if (problem.object() != null) {
                String payload = storable.text(problem.object());
                rows.addObject()
                        .put("ref", problem.ref())
                        .put("reason", problem.reason())
                        .put("payload", payload.length() > MOST_OF_A_PAYLOAD ? "null" : payload);
            }
        }
        return storable.text(rows);
    }

    /** What a sync's log is to say of the page, as a JSON array of warnings; null where there is nothing. */
    public @Nullable String warnings(GitHubStoring storing) {
        if (storing.problems().isEmpty()) {
            return null;
        }
        ArrayNode warnings = json.createArrayNode();
        Map<Boolean, List<String>> words = new LinkedHashMap<>();
        for (Problem problem : storing.problems()) {
            words.computeIfAbsent(problem.object() != null, lost -> new ArrayList<>())
                    .add(problem.ref() + ": " + problem.reason());
        }
        words.forEach((lost, all) -> warnings.addObject()
                .put("code", lost ? "set-aside" : "value-cut")
                .put(
                        "message",
                        storing.getStream() + ": " + all.size()
                                + (lost ? " could not be stored (quarantined): " : " stored without a value: ")
                                + String.join("; ", all.subList(0, Math.min(all.size(), MOST_EXAMPLES)))
                                + (all.size() > MOST_EXAMPLES ? "; …" : "")));
        return storable.text(warnings);
    }

    private static String ref(JsonNode object) {
        for (String name : NAMES) {
            JsonNode value = object.path(name);
            if (value.isValueNode() && !value.isNull()) {
                return StorableText.cutApart(value.asText(), 200);
            }
        }
        return "?";
    }

    /** Why objects cannot be stored; null where the failure is none of theirs. */
    private static @Nullable String reason(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnstorableException) {
                return cause.getMessage();
            }
            if (cause instanceof JsonQueryException) {
                return "It does not look like what GitHub's API describes.";
            }
            if (cause instanceof SQLException refusal) {
                return reason(refusal);
            }
        }
        return null;
    }

    private static @Nullable String reason(SQLException refusal) {
        String state = String.valueOf(refusal.getSQLState());
        if (state.equals("23502")) {
            String column = refusal instanceof PSQLException known && known.getServerErrorMessage() != null
                    ? known.getServerErrorMessage().getColumn()
                    : null;
            return "It has no readable " + (column == null ? "value where one is needed" : column) + ".";
        }
        return switch (state) {
            case "22003" -> "A number is too large.";
            case "22007", "22008", "22009" -> "A date cannot be read.";
            case "22P02" -> "A value is of another type than GitHub's API describes.";
            case "54000" -> "A text is too long.";
            default -> state.startsWith("22") || state.startsWith("23") ? "PostgreSQL refuses a value of it." : null;
        };
    }
}
