package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.util.List;
import java.util.Locale;

/** Who and what there is: server, account, projects, fields, statuses, priorities, types. */
final class MetadataApi {

    private final Site site;

    MetadataApi(Site site) {
        this.site = site;
    }

    Reply serverInfo() {
        ObjectNode info = Json.object().put("baseUrl", site.baseUri());
        if (site.isCloud()) {
            info.put("displayUrl", site.baseUri());
            info.put("version", "1001.0.0-SNAPSHOT");
            info.putArray("versionNumbers").add(1001).add(0).add(0);
            info.put("deploymentType", "Cloud").put("buildNumber", 100289);
        } else {
            info.put("version", "9.12.15");
            info.putArray("versionNumbers").add(9).add(12).add(15);
            info.put("deploymentType", "Server").put("buildNumber", 9120015);
        }
        info.put("buildDate", "2025-09-18T00:00:00.000+0000");
        info.put("serverTime", site.time().format(site.clock().instant()));
        info.put("serverTimeZone", site.time().zone().getId());
        info.put("scmInfo", "8c3f3a94b8f0e2a6d0a1f7c9a4c0c5b1f2d3e4a5");
        info.put("serverTitle", "Simulated Jira");
        info.putObject("defaultLocale").put("locale", "en_US");
        return Reply.json(200, info);
    }

    Reply myself(int version) {
        ObjectNode me = site.catalog().person(site.catalog().caller());
        me.put("locale", "en_US");
        me.putObject("groups").put("size", 2).putArray("items");
        me.putObject("applicationRoles").put("size", 1).putArray("items");
        me.put("expand", "groups,applicationRoles");
        return Reply.json(200, IssueRenderer.forVersion(me, version));
    }

    Reply project(String idOrKey, int version) {
        ObjectNode project = site.catalog()
                .project(idOrKey)
                .orElseThrow(() -> RejectedRequestException.with(
                        JiraErrors.of(404, "No project could be found with key '" + idOrKey + "'.")));
        project.put("description", "");
        project.set("lead", site.catalog().person(site.catalog().colleagues().get(0)));
        project.set("issueTypes", array(site.catalog().all(Catalog.Kind.ISSUE_TYPE)));
        project.set("components", array(site.catalog().all(Catalog.Kind.COMPONENT)));
        project.set("versions", array(site.catalog().all(Catalog.Kind.VERSION)));
        return Reply.json(200, IssueRenderer.forVersion(project, version));
    }

    /** Paged on Cloud. */
    Reply projectSearch(RecordedRequest request, int version) {
        String query = request.parameter("query");
        List<String> keys = Parameters.of(request).list("keys");
        List<ObjectNode> projects = site.catalog().projects().stream()
                .filter(p -> keys.isEmpty() || keys.contains(p.path("key").asText()))
                .filter(p -> query == null || mentions(p, query))
                .toList();
        return page(request, projects, "project/search", version);
    }

    Reply projects() {
        return Reply.json(200, array(site.catalog().projects()));
    }

    Reply fields() {
        return Reply.json(200, site.catalog().fields());
    }

    Reply list(Catalog.Kind kind, int version) {
        return Reply.json(200, IssueRenderer.forVersion(array(site.catalog().all(kind)), version));
    }

    Reply linkTypes() {
        ObjectNode body = Json.object();
        body.set("issueLinkTypes", array(site.catalog().all(Catalog.Kind.LINK_TYPE)));
        return Reply.json(200, body);
    }

    Reply prioritySearch(RecordedRequest request, int version) {
        return page(request, site.catalog().all(Catalog.Kind.PRIORITY), "priority/search", version);
    }

    private Reply page(RecordedRequest request, List<ObjectNode> all, String path, int version) {
        Parameters parameters = Parameters.of(request);
        int startAt = Math.max(0, parameters.integer("startAt", 0));
        int size = Math.max(1, Math.min(parameters.integer("maxResults", 50), 50));
        int from = Math.min(startAt, all.size());
        int to = Math.min(from + size, all.size());
        String address = site.baseUri() + "/rest/api/" + version + "/" + path + "?maxResults=" + size + "&startAt=";
        ObjectNode body = Json.object().put("self", address + startAt);
        if (to < all.size()) {
            body.put("nextPage", address + to);
        }
        body.put("maxResults", size).put("startAt", startAt).put("total", all.size());
        body.put("isLast", to >= all.size());
        body.set("values", array(all.subList(from, to)));
        return Reply.json(200, IssueRenderer.forVersion(body, version));
    }

    private static boolean mentions(ObjectNode project, String query) {
        String text = project.path("key").asText() + " " + project.path("name").asText();
        return text.toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT));
    }

    private static ArrayNode array(List<ObjectNode> nodes) {
        ArrayNode array = Json.array();
        nodes.forEach(array::add);
        return array;
    }
}
