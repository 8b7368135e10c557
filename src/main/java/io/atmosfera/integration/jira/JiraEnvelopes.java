package io.atmosfera.integration.jira;

import io.atmosfera.integration.inbox.Envelope;
import io.atmosfera.integration.inbox.Envelope.Lane;
import io.atmosfera.integration.inbox.EnvelopeFields;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Jira's events are about: most name an issue, some only by the address of a comment. */
final class JiraEnvelopes {

    /** A workflow's post function sends the issue and names no event. */
    static final String POST_FUNCTION = "workflow_post_function";

    private static final String UNKNOWN = "unknown";

    private static final Set<String> OF_ISSUES = Set.of(
            "jira:issue_created",
            "jira:issue_updated",
            "jira:issue_deleted",
            "jira:worklog_updated",
            "comment_created",
            "comment_updated",
            "comment_deleted",
            "worklog_created",
            "worklog_updated",
            "worklog_deleted",
            "attachment_created",
            "attachment_deleted",
            "issuelink_created",
            "issuelink_deleted",
            "issue_property_set",
            "issue_property_deleted");

    private static final Set<String> OF_SPRINTS =
            Set.of("sprint_created", "sprint_updated", "sprint_started", "sprint_closed", "sprint_deleted");

    private static final Set<String> OF_VERSIONS = Set.of(
            "jira:version_created",
            "jira:version_updated",
            "jira:version_deleted",
            "jira:version_released",
            "jira:version_unreleased",
            "jira:version_moved");

    private static final Pattern ISSUE_OF_COMMENT = Pattern.compile("/issue/(\\d{1,18})/(?:comment|worklog)(?:/|$)");
    private static final Pattern KEY = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)-\\d+");

    private JiraEnvelopes() {}

    static Envelope of(EnvelopeFields fields) {
        String named = fields.text("webhookEvent");
        String event = named != null && !named.isEmpty() ? named : fields.has("issue") ? POST_FUNCTION : UNKNOWN;
        String issue = issueId(fields);
        if ((OF_ISSUES.contains(event) || event.equals(POST_FUNCTION)) && issue != null) {
            // What says that an issue is gone says all; what brings the whole issue too.
            boolean whole = fields.has("issue.fields.summary")
                    && fields.has("issue.fields.status")
                    && fields.text("issue.fields.updated") != null;
            Lane lane = whole || event.equals("jira:issue_deleted") ? Lane.APPLY : Lane.FETCH;
            return envelope(fields, event, "issue/" + issue, lane, true);
        }
        if (OF_SPRINTS.contains(event) && fields.id("sprint.id") != null) {
            return envelope(fields, event, "sprint/" + fields.id("sprint.id"), Lane.FETCH, true);
        }
        if (OF_VERSIONS.contains(event) && fields.id("version.id") != null) {
            return envelope(fields, event, "version/" + fields.id("version.id"), Lane.FETCH, true);
        }
        return envelope(fields, event, "event/" + event, Lane.APPLY, false);
    }

    private static Envelope envelope(EnvelopeFields fields, String event, String entity, Lane lane, boolean known) {
        return new Envelope(
                event,
                null,
                first(
                        fields,
                        "issue.self",
                        "comment.self",
                        "worklog.self",
                        "sprint.self",
                        "version.self",
                        "project.self"),
                scope(fields),
                firstId(fields, "issue.fields.project.id", "project.id"),
                projectOf(fields.text("changelog.formerKey")),
                "jira/" + entity,
                lane,
                known);
    }

    private static @Nullable String issueId(EnvelopeFields fields) {
        for (String path : new String[] {"issue.id", "worklog.issueId", "issueLink.sourceIssueId"}) {
            String id = fields.id(path);
            if (id != null) {
                return id;
            }
        }
        for (String path : new String[] {"comment.self", "worklog.self"}) {
            String self = fields.text(path);
            Matcher issue = self == null ? null : ISSUE_OF_COMMENT.matcher(self);
            if (issue != null && issue.find()) {
                return issue.group(1);
            }
        }
        return null;
    }

    private static @Nullable String scope(EnvelopeFields fields) {
        String project = projectOf(fields.text("issue.key"));
        return project != null ? project : first(fields, "issue.fields.project.key", "project.key");
    }

    private static @Nullable String projectOf(@Nullable String key) {
        Matcher issue = key == null ? null : KEY.matcher(key);
        return issue != null && issue.matches() ? issue.group(1) : null;
    }

    private static @Nullable String firstId(EnvelopeFields fields, String... paths) {
        for (String path : paths) {
            String id = fields.id(path);
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private static @Nullable String first(EnvelopeFields fields, String... paths) {
        for (String path : paths) {
            String value = fields.text(path);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
