package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Creating and changing issues, as the account that calls. */
final class IssueWriteApi {

    private final Site site;
    private final IssueApi reading;
    private final IssueFields issueFields;
    private final AtomicLong lastCommentId = new AtomicLong(70000);

    IssueWriteApi(Site site, IssueApi reading, IssueFields issueFields) {
        this.site = site;
        this.reading = reading;
        this.issueFields = issueFields;
    }

    Reply create(RecordedRequest request, int version) {
        JsonNode given = Parameters.of(request).body().path("fields");
        Map<String, String> errors = new LinkedHashMap<>();
        JsonNode project = given.path("project");
        String projectName = project.hasNonNull("id")
                ? project.path("id").asText()
                : project.path("key").asText();
        if (site.catalog().project(projectName).isEmpty()) {
            errors.put("project", "Specify a valid project ID or key");
        }
        for (String required : new String[] {"summary", "issuetype"}) {
            if (!given.hasNonNull(required)) {
                errors.put(
                        required,
                        required.equals("summary")
                                ? "You must specify a summary of the issue."
                                : "Specify an issue type");
            }
        }
        ObjectNode fields = issueFields.blank(site.catalog().caller());
        given.properties().forEach(f -> issueFields.set(fields, f.getKey(), f.getValue(), version, errors));
        refuse(errors);
        StoredIssue issue = site.store().create(projectName, fields);
        ObjectNode body = Json.object().put("id", String.valueOf(issue.id())).put("key", issue.key());
        return Reply.json(201, body.put("self", address(issue, version)));
    }

    Reply edit(String idOrKey, RecordedRequest request, int version) {
        StoredIssue issue = reading.existing(idOrKey);
        change(issue, Parameters.of(request).body(), version, fields -> {});
        return "true".equals(request.parameter("returnIssue"))
                ? Reply.json(
                        200,
                        site.renderer().render(site.store().get(idOrKey), FieldSelection.EVERYTHING, Set.of(), version))
                : Reply.noContent();
    }

    Reply transition(String idOrKey, RecordedRequest request, int version) {
        StoredIssue issue = reading.existing(idOrKey);
        JsonNode body = Parameters.of(request).body();
        String id = body.path("transition").path("id").asText();
        if (id.isEmpty()) {
            throw RejectedRequestException.badRequest("Missing 'transition' identifier");
        }
        Workflow.Transition transition = Workflow.from(Workflow.statusOf(issue.fields()), id)
                .orElseThrow(() -> RejectedRequestException.badRequest("Transition id '" + id
                        + "' is not valid for this issue. It may not be available in the current status."));
        change(issue, body, version, fields -> site.workflow()
                .moveTo(fields, transition.to(), site.clock().instant()));
        return Reply.noContent();
    }

    Reply comment(String idOrKey, RecordedRequest request, int version) {
        StoredIssue issue = reading.existing(idOrKey);
        JsonNode given = Parameters.of(request).body().path("body");
        String text = IssueFields.text(given, version)
                .orElseThrow(() -> RejectedRequestException.with(
                        JiraErrors.fields(Map.of("comment", "Comment body is not valid!"))));
        if (text.isBlank()) {
            throw RejectedRequestException.with(JiraErrors.fields(Map.of("comment", "Comment body can not be empty!")));
        }
        ObjectNode comment = addComment(issue, site.catalog().caller(), text);
        if (version == 3) {
            IssueRenderer.toDocument(comment, "body");
        }
        return Reply.json(201, IssueRenderer.forVersion(comment, version));
    }

    /** Adds a comment as somebody and returns it. */
    ObjectNode addComment(StoredIssue issue, Person author, String text) {
        long id = lastCommentId.incrementAndGet();
        String now = site.time().format(site.clock().instant());
        ObjectNode comment = Json.object().put("self", address(issue, 2) + "/comment/" + id);
        comment.put("id", String.valueOf(id));
        comment.set("author", site.catalog().person(author));
        comment.put("body", text);
        comment.set("updateAuthor", site.catalog().person(author));
        comment.put("created", now).put("updated", now).put("jsdPublic", true);
        site.store().edit(String.valueOf(issue.id()), author, fields -> {
            ObjectNode page = fields.path("comment") instanceof ObjectNode there ? there : fields.putObject("comment");
            ArrayNode comments = page.withArray("comments");
            comments.add(comment.deepCopy());
            page.put("maxResults", comments.size())
                    .put("total", comments.size())
                    .put("startAt", 0);
        });
        return comment;
    }

    private void change(StoredIssue issue, JsonNode body, int version, Change alsoTo) {
        JsonNode given = body.path("fields");
        JsonNode update = body.path("update");
        Map<String, String> errors = new LinkedHashMap<>();
        given.fieldNames().forEachRemaining(name -> {
            if (update.has(name)) {
                errors.put(name, "Field '" + name + "' cannot appear in both 'fields' and 'update'");
            }
        });
        refuse(errors);
        site.store().edit(String.valueOf(issue.id()), site.catalog().caller(), fields -> {
            given.properties().forEach(f -> issueFields.set(fields, f.getKey(), f.getValue(), version, errors));
            update.properties().forEach(f -> issueFields.update(fields, f.getKey(), f.getValue(), version, errors));
            // Thrown inside, so that nothing of a half-valid edit is kept.
            refuse(errors);
            alsoTo.apply(fields);
        });
    }

    private static void refuse(Map<String, String> errors) {
        if (!errors.isEmpty()) {
            throw RejectedRequestException.with(JiraErrors.fields(errors));
        }
    }

    private String address(StoredIssue issue, int version) {
        return site.baseUri() + "/rest/api/" + version + "/issue/" + issue.id();
    }

    private interface Change {
        void apply(ObjectNode fields);
    }
}
