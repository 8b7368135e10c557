package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The door by which a person at the keyboard makes the simulated Jira misbehave. */
final class SandboxControl {

    private static final Set<String> KINDS = Set.of(
            "rate-limit",
            "server-error",
            "unauthorized",
            "captcha",
            "login-page",
            "truncated",
            "cut",
            "hang",
            "slow",
            "gone");
    private static final Set<String> FAULT_FIELDS = Set.of("kind", "times", "path", "retryAfterSeconds", "seconds");
    private static final String HELP =
            """
            A simulated Jira. Its API is under /rest/api/2 and /rest/api/3. This door changes what it does:

            GET    /sandbox/state          issues, requests, waiting faults
            POST   /sandbox/faults         {"kind": "rate-limit", "retryAfterSeconds": 20, "times": 1, "path": "/rest/api"}
                                           kinds: rate-limit, server-error, unauthorized, captcha, login-page, truncated,
                                           cut, hang, slow ("seconds"), gone; "times": 0 is until cleared
            DELETE /sandbox/faults         forgets all faults
            POST   /sandbox/issues/{key}   {"fields": {"summary": "..."}} edits, fields as in PUT /rest/api/2/issue;
                                           {"fields": {"status": {"name": "Done"}}} works here, too
            DELETE /sandbox/issues/{key}   deletes
            POST   /sandbox/pause          nothing changes by itself any more
            POST   /sandbox/resume         it does again
            """;

    private final SimulatedJira jira;
    private final Site site;
    private final SelfChanges selfChanges;
    private final IssueFields issueFields;

    SandboxControl(SimulatedJira jira, Site site, SelfChanges selfChanges, IssueFields issueFields) {
        this.jira = jira;
        this.site = site;
        this.selfChanges = selfChanges;
        this.issueFields = issueFields;
    }

    Reply answer(RecordedRequest request) {
        String path = request.path().replaceAll("/$", "");
        boolean issue = path.matches("/sandbox/issues/[^/]+");
        String key = issue ? path.substring("/sandbox/issues/".length()) : "";
        try {
            return switch (request.method() + " " + (issue ? "/sandbox/issues" : path)) {
                case "GET /sandbox" -> Reply.of(200, "text/plain;charset=UTF-8", HELP);
                case "GET /sandbox/state" -> Reply.json(200, state());
                case "POST /sandbox/faults" -> addFault(body(request));
                case "DELETE /sandbox/faults" -> {
                    jira.clearFaults();
                    yield Reply.noContent();
                }
                case "POST /sandbox/issues" -> edit(key, body(request));
                case "DELETE /sandbox/issues" -> delete(key);
                case "POST /sandbox/pause" -> pause(true);
                case "POST /sandbox/resume" -> pause(false);
                default -> problem(404, "path", "There is no " + request.method() + " " + path + "; see GET /sandbox");
            };
        } catch (RejectedRequestException e) {
            return e.reply();
        }
    }

    private ObjectNode state() {
        ObjectNode state = Json.object().put("issues", jira.issueCount());
        state.put("requests", jira.requests().size());
        state.put("changesPaused", selfChanges.isPaused());
        ArrayNode faults = state.putArray("faults");
        jira.pendingFaults().forEach(faults::add);
        return state;
    }

    private Reply pause(boolean on) {
        selfChanges.pause(on);
        return Reply.json(200, state());
    }

    private Reply addFault(JsonNode body) {
        body.fieldNames().forEachRemaining(name -> {
            if (!FAULT_FIELDS.contains(name)) {
                throw invalid(name, "unknown; allowed are " + String.join(", ", sorted(FAULT_FIELDS)));
            }
        });
        String kind = body.path("kind").asText();
        if (!KINDS.contains(kind)) {
            throw invalid("kind", "must be one of " + String.join(", ", sorted(KINDS)));
        }
        JsonNode path = body.path("path");
        if (!path.isMissingNode() && !path.asText().startsWith("/")) {
            throw invalid("path", "must begin with /");
        }
        int times = number(body, "times", 1, 10_000);
        Fault fault = fault(kind, body).onPath(path.asText("/"));
        jira.fail(times == 0 ? fault.untilCleared() : fault.times(times));
        return Reply.json(201, state());
    }

    private static Fault fault(String kind, JsonNode body) {
        Duration seconds = Duration.ofSeconds(number(body, "seconds", kind.equals("slow") ? 5 : 60, 3600));
        return switch (kind) {
            case "rate-limit" -> Fault.rateLimited(Duration.ofSeconds(number(body, "retryAfterSeconds", 20, 86_400)));
            case "server-error" -> Fault.serverError();
            case "unauthorized" -> Fault.unauthorized();
            case "captcha" -> Fault.captcha();
            case "login-page" -> Fault.loginPage();
            case "truncated" -> Fault.truncated();
            case "cut" -> Fault.cutOff();
            case "hang" -> Fault.hanging(seconds);
            case "slow" -> Fault.slow(seconds);
            default -> Fault.gone();
        };
    }

    private Reply edit(String key, JsonNode body) {
        JsonNode given = body.path("fields");
        if (!given.isObject() || given.isEmpty()) {
            throw invalid("fields", "must be an object with at least one field");
        }
        String status = given.path("status").path("name").asText();
        if (given.has("status")
                && site.catalog().find(Catalog.Kind.STATUS, status).isEmpty()) {
            throw invalid("fields.status", "must name a status, as {\"name\": \"Done\"}");
        }
        mustExist(key);
        Person author = site.catalog().colleagues().get(0);
        site.store().edit(key, author, fields -> {
            Map<String, String> errors = new LinkedHashMap<>();
            given.properties().forEach(f -> issueFields.set(fields, f.getKey(), f.getValue(), 2, errors));
            errors.forEach((field, message) -> {
                throw invalid("fields." + field, message);
            });
            if (!status.isEmpty()) {
                site.workflow().moveTo(fields, status, site.clock().instant());
            }
        });
        return Reply.json(200, jira.issue(key));
    }

    private Reply delete(String key) {
        mustExist(key);
        jira.deleteIssue(key);
        return Reply.noContent();
    }

    private void mustExist(String key) {
        if (!jira.hasIssue(key)) {
            throw RejectedRequestException.with(problem(404, "key", "there is no issue " + key));
        }
    }

    private static JsonNode body(RecordedRequest request) {
        if (!request.json().isObject()) {
            throw invalid("body", "must be a JSON object");
        }
        return request.json();
    }

    private static int number(JsonNode body, String field, int byDefault, int max) {
        JsonNode value = body.path(field);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 0 || value.asInt() > max) {
            throw invalid(field, "must be a whole number between 0 and " + max);
        }
        return value.asInt();
    }

    private static Iterable<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static RejectedRequestException invalid(String field, String message) {
        return RejectedRequestException.with(problem(400, field, message));
    }

    private static Reply problem(int status, String field, String message) {
        return Reply.json(status, Json.object().put("field", field).put("message", field + ": " + message));
    }
}
