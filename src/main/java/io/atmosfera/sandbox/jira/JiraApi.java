package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the endpoint for a request, after checking who asks. */
final class JiraApi {

    private static final Pattern ADDRESS = Pattern.compile("/rest/api/(2|3|latest)/([^/].*?)/?");
    private static final Pattern NAMED = Pattern.compile("(issue|project)/(?!search$|bulkfetch$)([^/]+)(.*)");
    private static final Set<String> CLOUD_ONLY = Set.of(
            "GET search/jql",
            "POST search/jql",
            "POST search/approximate-count",
            "POST issue/bulkfetch",
            "GET issue/*/changelog",
            "GET project/search",
            "GET priority/search");
    private static final Set<String> OPEN_TO_ANYBODY =
            Set.of("GET field", "GET status", "GET issuetype", "GET priority", "GET priority/search", "GET resolution");

    private final Site site;
    private final Credentials credentials;
    private final boolean anonymousAllowed;
    private final MetadataApi metadata;
    private final SearchApi search;
    private final IssueApi issues;
    private final IssueWriteApi writes;
    private final AtomicLong requestNumber = new AtomicLong();

    JiraApi(Site site, Credentials credentials, boolean anonymousAllowed, IssueFields issueFields) {
        this.site = site;
        this.credentials = credentials;
        this.anonymousAllowed = anonymousAllowed;
        this.metadata = new MetadataApi(site);
        this.search = new SearchApi(site);
        this.issues = new IssueApi(site);
        this.writes = new IssueWriteApi(site, issues, issueFields);
    }

    IssueWriteApi writes() {
        return writes;
    }

    Reply answer(RecordedRequest request) {
        Matcher address = ADDRESS.matcher(request.path());
        if (!address.matches() || (address.group(1).equals("3") && !site.isCloud())) {
            return ResponseHeaders.common(notFound(request), site, requestNumber.incrementAndGet());
        }
        int version = !site.isCloud() || address.group(1).equals("2") ? 2 : 3;
        Credentials.Outcome who = credentials.check(request.header("Authorization"));
        Reply reply;
        try {
            reply = answer(request, address.group(2), version, who);
        } catch (RejectedRequestException e) {
            reply = e.reply();
        }
        reply = ResponseHeaders.common(reply, site, requestNumber.incrementAndGet());
        return ResponseHeaders.login(reply, site, who);
    }

    private Reply answer(RecordedRequest request, String path, int version, Credentials.Outcome who) {
        Matcher named = NAMED.matcher(path);
        String name = named.matches() ? named.group(2) : "";
        String endpoint = request.method() + " " + (named.matches() ? named.group(1) + "/*" + named.group(3) : path);
        if (endpoint.equals("GET serverInfo")) {
            return metadata.serverInfo();
        }
        if (CLOUD_ONLY.contains(endpoint) && !site.isCloud()) {
            return notFound(request);
        }
        if (who != Credentials.Outcome.ACCEPTED) {
            return anonymousAllowed ? anonymous(request, endpoint, name, version) : unauthorized(who);
        }
        if (isFromBrowser(request)) {
            return Reply.of(403, "text/html;charset=UTF-8", "XSRF check failed");
        }
        return answer(request, endpoint, name, version);
    }

    private Reply answer(RecordedRequest request, String endpoint, String name, int version) {
        return switch (endpoint) {
            case "GET myself" -> metadata.myself(version);
            case "GET field" -> metadata.fields();
            case "GET status" -> metadata.list(Catalog.Kind.STATUS, version);
            case "GET issuetype" -> metadata.list(Catalog.Kind.ISSUE_TYPE, version);
            case "GET priority" -> metadata.list(Catalog.Kind.PRIORITY, version);
            case "GET resolution" -> metadata.list(Catalog.Kind.RESOLUTION, version);
            case "GET issueLinkType" -> metadata.linkTypes();
            case "GET priority/search" -> metadata.prioritySearch(request, version);
            case "GET project" -> metadata.projects();
            case "GET project/search" -> metadata.projectSearch(request, version);
            case "GET project/*" -> metadata.project(name, version);
            case "GET search", "POST search" -> site.isCloud() ? SearchApi.removed() : search.byOffset(request);
            case "GET search/jql", "POST search/jql" -> search.byToken(request, version);
            case "POST search/approximate-count" -> search.approximateCount(request);
            case "POST issue/bulkfetch" -> issues.bulkFetch(request, version);
            case "GET issue/*" -> issues.get(name, request, version);
            case "GET issue/*/changelog" -> issues.changelog(name, request, version);
            case "GET issue/*/comment" -> issues.entries(name, "comment", request, version);
            case "GET issue/*/worklog" -> issues.entries(name, "worklog", request, version);
            case "GET issue/*/transitions" -> issues.transitions(name, version);
            case "POST issue" -> writes.create(request, version);
            case "PUT issue/*" -> writes.edit(name, request, version);
            case "POST issue/*/transitions" -> writes.transition(name, request, version);
            case "POST issue/*/comment" -> writes.comment(name, request, version);
            default -> notFound(request);
        };
    }

    /** What a site that lets strangers in shows them here: nothing, but with status 200. */
    private Reply anonymous(RecordedRequest request, String endpoint, String name, int version) {
        ObjectNode nothing = Json.object();
        if (OPEN_TO_ANYBODY.contains(endpoint)) {
            return answer(request, endpoint, name, version);
        }
        return switch (endpoint) {
            case "GET search", "POST search" -> {
                if (site.isCloud()) {
                    yield SearchApi.removed();
                }
                nothing.put("startAt", 0).put("maxResults", 50).put("total", 0).putArray("issues");
                yield Reply.json(200, nothing);
            }
            case "GET search/jql", "POST search/jql" -> {
                nothing.putArray("issues");
                yield Reply.json(200, nothing.put("isLast", true));
            }
            case "POST search/approximate-count" -> Reply.json(200, nothing.put("count", 0));
            case "POST issue/bulkfetch" -> {
                nothing.putArray("issues");
                nothing.putArray("issueErrors");
                yield Reply.json(200, nothing);
            }
            case "GET project" -> Reply.json(200, Json.array());
            case "GET project/search" -> {
                nothing.put("startAt", 0).put("maxResults", 50).put("total", 0).put("isLast", true);
                nothing.putArray("values");
                yield Reply.json(200, nothing);
            }
            case "GET project/*" -> JiraErrors.of(404, "No project could be found with key '" + name + "'.");
            case "GET issue/*", "GET issue/*/changelog", "GET issue/*/comment", "GET issue/*/worklog" ->
                throw RejectedRequestException.issueNotFound();
            default -> unauthorized(Credentials.Outcome.REFUSED);
        };
    }

    private Reply unauthorized(Credentials.Outcome who) {
        if (site.isCloud()) {
            ObjectNode body = Json.object().put("message", "Client must be authenticated to access this resource.");
            String realm = site.baseUri().replace(":", "%3A").replace("/", "%2F");
            return Reply.json(401, body.put("status-code", 401))
                    .with("WWW-Authenticate", "OAuth realm=\"" + realm + "\"");
        }
        return who == Credentials.Outcome.NONE
                ? JiraErrors.of(401, "You are not authenticated. Authentication required to perform this operation.")
                : Reply.of(401, Reply.HTML, Pages.UNAUTHORIZED);
    }

    private Reply notFound(RecordedRequest request) {
        if (site.isCloud()) {
            return Reply.of(404, Reply.HTML, Pages.DEAD_LINK);
        }
        ObjectNode body = Json.object().put("message", "null for uri: " + site.baseUri() + request.path());
        return Reply.json(404, body.put("status-code", 404));
    }

    private static boolean isFromBrowser(RecordedRequest request) {
        String agent = request.header("User-Agent");
        return !request.method().equals("GET")
                && agent != null
                && agent.startsWith("Mozilla/")
                && !"no-check".equals(request.header("X-Atlassian-Token"));
    }
}
