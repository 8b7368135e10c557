package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Searching by JQL: by token on Cloud, by offset on Data Center. */
final class SearchApi {

    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_SORTS = 7;
    private static final int MAX_RECONCILED = 50;
    private static final Set<String> CLOUD_BODY = Set.of(
            "jql",
            "nextPageToken",
            "maxResults",
            "fields",
            "expand",
            "properties",
            "fieldsByKeys",
            "failFast",
            "reconcileIssues");

    private final Site site;

    SearchApi(Site site) {
        this.site = site;
    }

    Reply byToken(RecordedRequest request, int version) {
        Parameters parameters = Parameters.of(request);
        parameters.allowOnly(CLOUD_BODY);
        Instant now = site.clock().instant();
        String token = parameters.text("nextPageToken");
        String text = parameters.text("jql");
        PageToken page = new PageToken(text == null ? "" : text, 0, now);
        if (token != null && !token.isEmpty()) {
            page = PageToken.decode(token, now)
                    .orElseThrow(() -> RejectedRequestException.badRequest(
                            "The nextPageToken is invalid or has expired. Start the search again without it."));
        }
        Jql jql = bounded(page.jql());
        FieldSelection selection = FieldSelection.of(parameters.list("fields"), FieldSelection.ID_ONLY);
        int asked = parameters.integer("maxResults", DEFAULT_PAGE);
        if (asked < 1) {
            throw RejectedRequestException.badRequest("The value of maxResults must be between 1 and 5000.");
        }
        List<StoredIssue> found = find(jql, true, reconciled(parameters));
        int size = Math.min(asked, selection.wantsFields() ? site.maxPageSize() : site.maxIdOnlyPageSize());
        int from = Math.min(page.offset(), found.size());
        int to = Math.min(from + size, found.size());
        Set<String> expand = parameters.expand(true);
        ObjectNode body = Json.object();
        issues(body, found.subList(from, to), selection, expand, version);
        if (to < found.size()) {
            body.put("nextPageToken", new PageToken(page.jql(), to, now).encode());
        }
        return Reply.json(200, body.put("isLast", to >= found.size()));
    }

    Reply approximateCount(RecordedRequest request) {
        Parameters parameters = Parameters.of(request);
        parameters.allowOnly(Set.of("jql"));
        String text = parameters.text("jql");
        int count = find(bounded(text == null ? "" : text), true, List.of()).size();
        return Reply.json(200, Json.object().put("count", count));
    }

    Reply byOffset(RecordedRequest request) {
        Parameters parameters = Parameters.of(request);
        String text = parameters.text("jql");
        String validate = parameters.text("validateQuery");
        boolean strict = validate == null || validate.equals("true") || validate.equals("strict");
        int startAt = parameters.integer("startAt", 0);
        int asked = parameters.integer("maxResults", DEFAULT_PAGE);
        if (startAt < 0) {
            throw RejectedRequestException.badRequest("The value of startAt must not be negative.");
        }
        List<StoredIssue> found = find(Jql.parse(text == null ? "" : text), strict, List.of());
        // A negative number means "no limit" there, which the administrator's limit then lowers.
        int size = Math.min(asked < 0 ? Integer.MAX_VALUE : asked, site.maxPageSize());
        int from = Math.min(startAt, found.size());
        int to = Math.min(from + size, found.size());
        FieldSelection selection = FieldSelection.of(parameters.list("fields"), FieldSelection.NAVIGABLE);
        ObjectNode body = Json.object().put("expand", "schema,names");
        body.put("startAt", startAt).put("maxResults", size).put("total", found.size());
        issues(body, found.subList(from, to), selection, parameters.expand(false), 2);
        return Reply.json(200, body);
    }

    /** The endpoint that Cloud has removed, with the body it answers since. */
    static Reply removed() {
        return JiraErrors.of(
                410,
                "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration"
                        + " guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046");
    }

    private static Jql bounded(String text) {
        Jql jql = Jql.parse(text);
        if (!jql.isBounded()) {
            throw RejectedRequestException.badRequest(
                    "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
        }
        if (jql.orderBy().size() > MAX_SORTS) {
            throw RejectedRequestException.badRequest(
                    "The JQL query orders by too many fields; at most " + MAX_SORTS + " are allowed.");
        }
        return jql;
    }

    private static List<String> reconciled(Parameters parameters) {
        List<String> ids = parameters.list("reconcileIssues");
        if (ids.size() > MAX_RECONCILED || ids.stream().anyMatch(id -> !id.matches("\\d+"))) {
            throw RejectedRequestException.invalidPayload();
        }
        return ids;
    }

    private List<StoredIssue> find(Jql jql, boolean strict, List<String> reconciled) {
        JqlDates dates = new JqlDates(site.time().zone(), site.clock());
        JqlEvaluator evaluator = new JqlEvaluator(site.catalog(), site.store(), dates, strict);
        return site.store().all().stream()
                .filter(issue -> site.store().isIndexed(issue) || reconciled.contains(String.valueOf(issue.id())))
                .filter(evaluator.predicate(jql.where()))
                .sorted(new JqlOrder(site.catalog()).comparator(jql.orderBy()))
                .toList();
    }

    private void issues(
            ObjectNode body, List<StoredIssue> page, FieldSelection selection, Set<String> expand, int version) {
        ArrayNode issues = body.putArray("issues");
        ObjectNode names = Json.object();
        for (StoredIssue issue : page) {
            ObjectNode rendered = site.renderer().render(issue, selection, expand, version);
            rendered.path("fields").fieldNames().forEachRemaining(id -> names.put(id, FieldCatalog.nameOf(id)));
            issues.add(rendered);
        }
        if (expand.contains("names")) {
            body.set("names", names);
        }
    }
}
