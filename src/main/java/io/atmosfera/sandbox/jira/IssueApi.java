package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reading single issues. */
final class IssueApi {

    private static final int MAX_BULK = 100;

    private final Site site;

    IssueApi(Site site) {
        this.site = site;
    }

    StoredIssue existing(String idOrKey) {
        return site.store().find(idOrKey).orElseThrow(RejectedRequestException::issueNotFound);
    }

    Reply get(String idOrKey, RecordedRequest request, int version) {
        StoredIssue issue = existing(idOrKey);
        Parameters parameters = Parameters.of(request);
        FieldSelection selection = FieldSelection.of(parameters.list("fields"), FieldSelection.EVERYTHING);
        Set<String> expand = parameters.expand(false);
        ObjectNode body = site.renderer().render(issue, selection, expand, version);
        if (expand.contains("names")) {
            ObjectNode names = body.putObject("names");
            body.path("fields").fieldNames().forEachRemaining(id -> names.put(id, FieldCatalog.nameOf(id)));
        }
        return Reply.json(200, body);
    }

    /** Issues that do not exist are silently missing; a moved issue that is named twice comes once. */
    Reply bulkFetch(RecordedRequest request, int version) {
        Parameters parameters = Parameters.of(request);
        parameters.allowOnly(Set.of("issueIdsOrKeys", "fields", "expand", "properties", "fieldsByKeys"));
        List<String> names = parameters.list("issueIdsOrKeys");
        if (names.isEmpty() || names.size() > MAX_BULK) {
            throw RejectedRequestException.badRequest(
                    "The number of issueIdsOrKeys must be between 1 and " + MAX_BULK + ".");
        }
        FieldSelection selection = FieldSelection.of(parameters.list("fields"), FieldSelection.NAVIGABLE);
        Set<String> expand = parameters.expand(false);
        Map<Long, StoredIssue> found = new TreeMap<>();
        names.forEach(name -> site.store().find(name).ifPresent(issue -> found.put(issue.id(), issue)));
        ObjectNode body = Json.object().put("expand", "schema,names");
        ArrayNode issues = body.putArray("issues");
        found.values().forEach(issue -> issues.add(site.renderer().render(issue, selection, expand, version)));
        body.putArray("issueErrors");
        return Reply.json(200, body);
    }

    /** Oldest first, unlike the changelog inside an issue. */
    Reply changelog(String idOrKey, RecordedRequest request, int version) {
        List<ObjectNode> histories = existing(idOrKey).histories();
        Parameters parameters = Parameters.of(request);
        int startAt = Math.max(0, parameters.integer("startAt", 0));
        int size = Math.max(1, Math.min(parameters.integer("maxResults", 100), 100));
        int from = Math.min(startAt, histories.size());
        int to = Math.min(from + size, histories.size());
        String address = site.baseUri() + "/rest/api/" + version + "/issue/" + idOrKey + "/changelog?maxResults=" + size
                + "&startAt=";
        ObjectNode body = Json.object().put("self", address + startAt);
        if (to < histories.size()) {
            body.put("nextPage", address + to);
        }
        body.put("maxResults", size).put("startAt", startAt).put("total", histories.size());
        body.put("isLast", to >= histories.size());
        ArrayNode values = body.putArray("values");
        histories.subList(from, to).forEach(history -> values.add(history.deepCopy()));
        return Reply.json(200, IssueRenderer.forVersion(body, version));
    }

    /**
     * All comments or worklogs, page by page.
     *
     * @param kind {@code comment} or {@code worklog}
     */
    Reply entries(String idOrKey, String kind, RecordedRequest request, int version) {
        String member = kind + "s";
        JsonNode all = existing(idOrKey).fields().path(kind).path(member);
        Parameters parameters = Parameters.of(request);
        int startAt = Math.max(0, parameters.integer("startAt", 0));
        int size = Math.max(1, Math.min(parameters.integer("maxResults", 100), 100));
        ObjectNode body =
                Json.object().put("startAt", startAt).put("maxResults", size).put("total", all.size());
        ArrayNode page = body.putArray(member);
        for (int i = startAt; i < Math.min(startAt + size, all.size()); i++) {
            ObjectNode entry = all.get(i).deepCopy();
            if (version == 3) {
                IssueRenderer.toDocument(entry, kind.equals("comment") ? "body" : "comment");
            }
            page.add(entry);
        }
        return Reply.json(200, IssueRenderer.forVersion(body, version));
    }

    Reply transitions(String idOrKey, int version) {
        StoredIssue issue = existing(idOrKey);
        ObjectNode body = Json.object().put("expand", "transitions");
        ArrayNode list = body.putArray("transitions");
        for (Workflow.Transition transition : Workflow.from(Workflow.statusOf(issue.fields()))) {
            ObjectNode node = list.addObject().put("id", transition.id()).put("name", transition.name());
            node.set("to", site.catalog().get(Catalog.Kind.STATUS, transition.to()));
            node.put("hasScreen", false).put("isGlobal", false).put("isInitial", false);
            node.put("isAvailable", true).put("isConditional", false).put("isLooped", false);
        }
        return Reply.json(200, IssueRenderer.forVersion(body, version));
    }
}
