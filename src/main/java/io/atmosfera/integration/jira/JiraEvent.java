package io.atmosfera.integration.jira;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.inbox.InboxEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event of Jira's, taken apart.
 *
 * @param source     as it was delivered
 * @param kind       what follows from it
 * @param issueId    the issue that it is about; 0 for an event of a sprint or version
 * @param rest       all but the issue
 * @param issue      the issue, where it is there
 * @param issueBytes the issue as Jira wrote it
 */
record JiraEvent(
        InboxEvent source,
        Kind kind,
        long issueId,
        ObjectNode rest,
        @Nullable JsonNode issue,
        byte @Nullable [] issueBytes) {

    /** What follows from an event. */
    enum Kind {
        /** It brings the whole issue. */
        STATE,
        /** The issue is gone. */
        DELETED,
        /** Something of the issue is other than it was. */
        TOUCHED,
        /** Some issues may be other than they were: those of a sprint or version. */
        SCOPE
    }

    private static final Pattern ENTITY = Pattern.compile("jira/(issue|sprint|version)/(\\d{1,18})");

    static JiraEvent read(InboxEvent event, ObjectMapper json) throws IOException {
        byte[] bytes = event.json();
        ObjectNode rest = json.createObjectNode();
        JsonNode issue = null;
        byte[] issueBytes = null;
        try (JsonParser parser = json.getFactory().createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                int begin = (int) parser.currentTokenLocation().getByteOffset();
                JsonNode value = parser.readValueAsTree();
                if (field.equals("issue") && value.isObject()) {
                    issue = value;
                    issueBytes = Arrays.copyOfRange(
                            bytes, begin, (int) parser.currentLocation().getByteOffset());
                } else {
                    rest.set(field, value);
                }
            }
        }
        Matcher entity = ENTITY.matcher(event.entity());
        boolean ofIssue = entity.matches() && entity.group(1).equals("issue");
        long id = ofIssue ? Long.parseLong(entity.group(2)) : 0;
        return new JiraEvent(event, kind(event, issue, ofIssue), id, rest, issue, issueBytes);
    }

    private static Kind kind(InboxEvent event, @Nullable JsonNode issue, boolean ofIssue) {
        if (!ofIssue) {
            return Kind.SCOPE;
        }
        if (event.eventType().equals("jira:issue_deleted")) {
            return Kind.DELETED;
        }
        return isWhole(issue) ? Kind.STATE : Kind.TOUCHED;
    }

    private static boolean isWhole(@Nullable JsonNode issue) {
        return issue != null
                && issue.path("fields").hasNonNull("summary")
                && issue.path("fields").hasNonNull("status")
                && JiraTime.millis(issue.path("fields").path("updated").asText(null)) != null;
    }

    boolean hasWholeIssue() {
        return isWhole(issue);
    }

    /** When the issue that it brings was changed last, in epoch milliseconds; 0 where it brings none. */
    long updated() {
        Long millis = issue == null
                ? null
                : JiraTime.millis(issue.path("fields").path("updated").asText(null));
        return millis == null ? 0 : millis;
    }

    /** When it happened, in epoch milliseconds. */
    long at() {
        long timestamp = rest.path("timestamp").asLong();
        return timestamp > 0
                ? timestamp
                : updated() > 0 ? updated() : source.createdAt().toEpochMilli();
    }

    @Nullable
    String key() {
        return issue == null ? null : issue.path("key").asText(null);
    }

    /** The author, by the name that people know. */
    @Nullable
    String author() {
        JsonNode user = rest.path("user");
        return user.path("displayName").asText(user.path("name").asText(null));
    }

    /** The second issue of a link, which has changed as well; 0 if there is none. */
    long otherIssueId() {
        return rest.path("issueLink").path("destinationIssueId").asLong();
    }

    /** The JQL of the issues that a sprint or version event concerns; null where none can be asked for any more. */
    @Nullable
    String scopeJql() {
        Matcher entity = ENTITY.matcher(source.entity());
        if (!entity.matches()) {
            return null;
        }
        String id = entity.group(2);
        if (source.eventType().endsWith("_deleted")) {
            // Jira knows it no more; where it was merged into another, that one has its issues.
            id = rest.path("mergedTo").path("id").asText("");
            if (!id.matches("\\d{1,18}")) {
                return null;
            }
        }
        return entity.group(1).equals("sprint")
                ? "sprint = " + id
                : "fixVersion = " + id + " OR affectedVersion = " + id;
    }
}
