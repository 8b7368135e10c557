package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What webhooks brought, as people look at it, replay it and give it up. */
class WebhookApiTest extends StoredEvents {

    private static final String EVENTS = "/api/webhooks/events";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    // Status

    @Test
    void theStatusComesOutOfTheCounters() {
        long project = project();
        JsonNode before = get("/api/webhooks/status", tokenOf("VIEWER")).json();

        event(project).store();
        event(project).status("ignored").store();
        event(project).status("dead").store();
        event(project).status("pending").store();
        event(project).status("failed").store();
        event(project).github("push").store();
        jdbc.sql("SELECT webhook_count('github', 3, 0, 2, 0, 0, 0, 0, 0, NULL)")
                .query()
                .listOfRows();

        JsonNode after = get("/api/webhooks/status").json();
        assertThat(difference(before, after, "received")).isEqualTo(6);
        assertThat(difference(before, after, "processed")).isEqualTo(2);
        assertThat(difference(before, after, "ignored")).isEqualTo(1);
        assertThat(difference(before, after, "deadLettered")).isEqualTo(1);
        assertThat(difference(before, after, "pending")).isEqualTo(1);
        assertThat(difference(before, after, "failed")).isEqualTo(1);
        assertThat(difference(before, after, "duplicates")).isEqualTo(2);
        assertThat(Instant.parse(after.path("lastReceivedAt").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        JsonNode github = after.path("byIntegration").path("github");
        JsonNode githubBefore = before.path("byIntegration").path("github");
        assertThat(difference(githubBefore, github, "received")).isEqualTo(1);
        assertThat(difference(githubBefore, github, "duplicates")).isEqualTo(2);
        assertThat(difference(
                        before.path("byIntegration").path("jira"),
                        after.path("byIntegration").path("jira"),
                        "received"))
                .isEqualTo(5);
    }

    private static long difference(JsonNode before, JsonNode after, String figure) {
        assertThat(after.path(figure).isIntegralNumber()).as(figure).isTrue();
        return after.path(figure).asLong() - before.path(figure).asLong();
    }

    @Test
    void thePercentilesAreThoseOfTheLastDay() {
        jdbc.sql("DELETE FROM webhook_counters").update();
        JsonNode empty = get("/api/webhooks/status").json();
        assertThat(empty.path("received").asLong()).isZero();
        assertThat(empty.path("lastReceivedAt").isNull()).isTrue();
        assertThat(empty.path("processingTimeMs").path("p50").isNull()).isTrue();
        assertThat(empty.path("byIntegration").path("jira").path("pending").asLong())
                .isZero();

        // 90 below 16 ms but not below 8, 9 below 1024, one below 4096; long ago everything was slow.
        timing("jira", "now()", 5, 90);
        timing("jira", "now() - interval '1 hour'", 11, 9);
        timing("jira", "now()", 13, 1);
        timing("jira", "now() - interval '2 days'", 20, 1000);
        timing("github", "now()", 1, 4);

        JsonNode times = get("/api/webhooks/status")
                .json()
                .path("byIntegration")
                .path("jira")
                .path("processingTimeMs");
        assertThat(times.path("p50").asDouble()).isBetween(8.0, 16.0);
        assertThat(times.path("p95").asDouble()).isBetween(512.0, 1024.0);
        assertThat(times.path("p99").asDouble()).isBetween(512.0, 1024.0);
        JsonNode all = get("/api/webhooks/status").json().path("processingTimeMs");
        assertThat(all.path("p50").asDouble()).isBetween(8.0, 16.0);
        assertThat(get("/api/webhooks/status")
                        .json()
                        .path("byIntegration")
                        .path("github")
                        .path("processingTimeMs")
                        .path("p99")
                        .asDouble())
                .isBetween(0.0, 1.0);
    }

    private void timing(String integration, String at, int range, int count) {
        jdbc.sql(
                        "INSERT INTO webhook_counters AS c (integration_type, hour, slot, timing) VALUES (?, date_trunc('hour', "
                                + at
                                + "), ?, array_fill(0::bigint, ARRAY[?]) || ?::bigint || array_fill(0::bigint, ARRAY[?]))")
                .params(integration, 100 + range, range - 1, count, 24 - range)
                .update();
    }

    // Lists

    @Test
    void anEventIsShownWithAllThatIsKnown() {
        long project = project();
        long id = event(project)
                .status("dead")
                .error("Jira refuses the credential")
                .entity("issue/DEMO-1")
                .store();

        Answer list = get(EVENTS + "?projectId=" + project, tokenOf("VIEWER"));

        assertThat(list.status()).as(list.text()).isEqualTo(200);
        assertThat(list.header("X-Total-Count")).isEqualTo("1");
        JsonNode shown = list.json().path(0);
        assertThat(shown.path("id").asLong()).isEqualTo(id);
        assertThat(shown.path("integrationType").asText()).isEqualTo("jira");
        assertThat(shown.path("eventType").asText()).isEqualTo("jira:issue_updated");
        assertThat(shown.path("deliveryId").asText()).hasSize(36);
        assertThat(shown.path("projectId").asLong()).isEqualTo(project);
        assertThat(shown.path("entity").asText()).isEqualTo("issue/DEMO-1");
        assertThat(shown.path("status").asText()).isEqualTo("dead");
        assertThat(shown.path("attempts").asInt()).isEqualTo(5);
        assertThat(shown.path("errorMessage").asText()).isEqualTo("Jira refuses the credential");
        assertThat(shown.path("traceId").asText()).startsWith("trace-");
        assertThat(Instant.parse(shown.path("createdAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(shown.path("processedAt").asText())
                .isEqualTo(shown.path("createdAt").asText());
        assertThat(shown.has("payload")).isFalse();
        assertThat(shown.has("action")).isFalse();
    }

    @Test
    void filtersAndPagesGoTogether() {
        long project = project();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(0, event(project).github(i % 2 == 0 ? "push" : "create").store());
        }
        event(project).status("ignored").store();
        String query = EVENTS + "?projectId=" + project;

        assertThat(ids(get(query + "&integrationType=github"))).isEqualTo(ids);
        assertThat(ids(get(query + "&eventType=create"))).hasSize(3);
        assertThat(ids(get(query + "&status=ignored&integrationType=jira"))).hasSize(1);
        assertThat(ids(get(query + "&eventType=no-such"))).isEmpty();

        List<Long> paged = new ArrayList<>();
        String next = query + "&integrationType=github&limit=3";
        int pages = 0;
        while (!next.isEmpty() && pages < 10) {
            Answer page = get(next);
            assertThat(page.header("X-Total-Count")).isEqualTo("7");
            paged.addAll(ids(page));
            Matcher link = NEXT.matcher(page.header("Link"));
            next = link.find() ? link.group(1) : "";
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(paged).isEqualTo(ids);
        List<Long> oldestFirst = ids(get(query + "&integrationType=github&sort=createdAt"));
        assertThat(oldestFirst).isSorted().hasSize(7);
    }

    @Test
    void whatAWorkerIsAtIsProcessing() {
        long project = project();
        long held = event(project).status("pending").entity("issue/held").store();
        long free = event(project).status("pending").entity("issue/free").store();
        long lost = event(project).status("pending").entity("issue/lost").store();
        lease(project, "issue/held", Duration.ofMinutes(1));
        lease(project, "issue/lost", Duration.ofMinutes(-1));
        String query = EVENTS + "?projectId=" + project;

        assertThat(ids(get(query + "&status=processing"))).containsExactly(held);
        assertThat(ids(get(query + "&status=pending"))).containsExactly(lost, free);
        assertThat(ids(get(query))).containsExactly(lost, free, held);
        assertThat(get(EVENTS + "/" + held).json().path("status").asText()).isEqualTo("processing");
        assertThat(get(EVENTS + "/" + free).json().path("status").asText()).isEqualTo("pending");
    }

    @Test
    void beyondTenThousandTheNumberOfMatchesIsAnEstimateUnlessAllAreToBeCounted() {
        long project = project();
        jdbc.sql(
                        """
                        INSERT INTO webhook_events (integration_type, project_id, event_type, delivery_id, entity, payload,
                            payload_length, trace_id, status)
                        SELECT 'jira', ?, 'many', n, 'issue/' || n, '', 0, 't', 'processed' FROM generate_series(1, 12000) n
                        """)
                .param(project)
                .update();
        jdbc.sql("ANALYZE webhook_events").update();

        Answer estimated = get(EVENTS + "?eventType=many");
        assertThat(Long.parseLong(estimated.header("X-Total-Count"))).isBetween(10_001L, 15_000L);
        assertThat(estimated.header("X-Total-Count-Estimate")).isEqualTo("true");
        Answer exact = get(EVENTS + "?eventType=many&count=exact");
        assertThat(exact.header("X-Total-Count")).isEqualTo("12000");
        assertThat(exact.header("X-Total-Count-Estimate")).isEmpty();
        assertThat(get(EVENTS + "?count=all").status()).isEqualTo(400);
        jdbc.sql("DELETE FROM webhook_events WHERE event_type = 'many' AND delivery_id::int > 10000")
                .update();
        Answer few = get(EVENTS + "?eventType=many");
        assertThat(few.header("X-Total-Count")).isEqualTo("10000");
        assertThat(few.header("X-Total-Count-Estimate")).isEmpty();
        jdbc.sql("DELETE FROM webhook_events WHERE event_type = 'many'").update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?status=done",
                "?status=",
                "?integrationType=gitlab",
                "?projectId=x",
                "?projectId=0",
                "?projectId=1&projectId=2",
                "?limit=0",
                "?limit=501",
                "?cursor=nonsense",
                "?sort=status",
                "/0",
                "/x"
            })
    void whatCannotBeIsA400(String query) {
        Answer answer = get(EVENTS + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void anEventThatIsNotThereIsA404() {
        for (Answer answer : List.of(
                get(EVENTS + "/999999999"),
                get(EVENTS + "/999999999/raw"),
                post(EVENTS + "/999999999/replay", ADMIN, null),
                delete(EVENTS + "/999999999", ADMIN))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(404);
            assertThat(answer.json().path("detail").asText()).isEqualTo("Webhook event 999999999 does not exist.");
        }
    }

    @Test
    void rolesDecideWhoSeesAndWhoChanges() {
        long dead = event(project()).status("dead").store();
        String viewer = tokenOf("VIEWER");
        String member = tokenOf("MEMBER");
        String manager = tokenOf("MANAGER");

        assertThat(get("/api/webhooks/status", NOBODY).status()).isEqualTo(401);
        assertThat(get(EVENTS, NOBODY).status()).isEqualTo(401);
        assertThat(get(EVENTS + "/" + dead, viewer).status()).isEqualTo(200);
        assertThat(get(EVENTS + "/" + dead + "/raw", viewer).status()).isEqualTo(200);
        assertThat(post(EVENTS + "/" + dead + "/replay", member, null).status()).isEqualTo(403);
        assertThat(post(EVENTS + "/replay", member, "{}").status()).isEqualTo(403);
        assertThat(delete(EVENTS + "/" + dead, member).status()).isEqualTo(403);
        assertThat(delete(EVENTS + "/999999999", member).status()).isEqualTo(403);
        assertThat(delete(EVENTS + "/" + dead, manager).status()).isEqualTo(204);
    }

    // Payloads

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"number\": 12345678901234567890.12345678901234567890, \"text\": \"<img src=x onerror=alert(1)>\"}",
                "{\"a\": 1, \"a\": 2}",
                "{\"text\": \"\\ud83d half, \\u0000 and ünïcödé\"}",
                "{}"
            })
    void thePayloadIsTheJsonThatCame(String body) throws IOException {
        long id = event(project()).body(body).store();

        Answer shown = get(EVENTS + "/" + id);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text()).contains("\"payload\": " + body);
        assertThat(shown.json().path("id").asLong()).isEqualTo(id);
        assertThat(shown.json().path("payload").isObject()).isTrue();
        HttpResponse<byte[]> raw = raw(id);
        assertThat(raw.body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(raw.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    }

    @Test
    void aFormIsShownAsTheJsonInIt() throws IOException {
        String json = "{\"zen\": \"Ünïcödé & = + %\", \"n\": 1}";
        String form = "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
        long id = event(project()).github("push").body(form).form().store();

        assertThat(get(EVENTS + "/" + id).text()).contains("\"payload\": " + json);
        HttpResponse<byte[]> raw = raw(id);
        assertThat(new String(raw.body(), StandardCharsets.UTF_8)).isEqualTo(form);
        assertThat(raw.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "{\"a\": ", "{} {}", "[1,", "\"<script>\" \" \\"})
    void whatIsNoJsonIsAText(String body) {
        long id = event(project()).body(body).store();
        assertThat(get(EVENTS + "/" + id).json().path("payload").asText()).isEqualTo(body);
        long form = event(project()).body(body).form().store();
        assertThat(get(EVENTS + "/" + form).json().path("payload").asText()).isEqualTo(body);
    }

    @Test
    void bytesComeBackAsTheyCame() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        long id = event(project()).body(bytes).store();

        HttpResponse<byte[]> raw = raw(id);

        assertThat(raw.statusCode()).isEqualTo(200);
        assertThat(raw.body()).isEqualTo(bytes);
        assertThat(raw.headers().firstValue("Content-Disposition")).hasValue("attachment");
        assertThat(raw.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    private HttpResponse<byte[]> raw(long id) throws IOException {
        try {
            return HTTP.send(
                    request("GET", EVENTS + "/" + id + "/raw", ADMIN, null).build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // Replays

    @ParameterizedTest
    @CsvSource({
        "dead, deadLettered, pending",
        "processed, processed, pending",
        "ignored, ignored, pending",
        "failed, failed, pending"
    })
    void aReplayedEventWaitsAgain(String status, String lessOf, String moreOf) {
        long project = project();
        long id = event(project)
                .status(status)
                .error("was wrong")
                .entity("issue/X")
                .store();
        JsonNode before = get("/api/webhooks/status").json();

        Answer replayed = post(EVENTS + "/" + id + "/replay", tokenOf("MANAGER"), null);

        assertThat(replayed.status()).as(replayed.text()).isEqualTo(202);
        assertThat(replayed.json().path("eventId").asLong()).isEqualTo(id);
        JsonNode shown = get(EVENTS + "/" + id).json();
        assertThat(shown.path("status").asText()).isEqualTo("pending");
        assertThat(shown.path("attempts").asInt()).isZero();
        assertThat(shown.has("errorMessage")).isFalse();
        assertThat(shown.has("processedAt")).isFalse();
        JsonNode after = get("/api/webhooks/status").json();
        assertThat(difference(before, after, lessOf)).isEqualTo(-1);
        assertThat(difference(before, after, moreOf)).isEqualTo(1);
        assertThat(difference(before, after, "received")).isZero();
        assertThat(count(
                        """
                        SELECT count(*) FROM webhook_queue q JOIN webhook_events e USING (project_id, entity)
                        WHERE e.id = ? AND due_at <= now() AND lane = 'apply' AND owner IS NULL AND parked_until IS NULL
                          AND q.oldest_at <= e.created_at
                        """,
                        id))
                .isEqualTo(1);
        JsonNode entry = audited("webhook-event/" + id);
        assertThat(entry.path("action").asText()).isEqualTo("webhook-event.replay");
        assertThat(entry.path("before").path("status").asText()).isEqualTo(status);
    }

    @Test
    void aReplayIsTheFirstOfWhatWaits() {
        long project = project();
        long old = event(project)
                .status("dead")
                .entity("issue/Y")
                .age(Duration.ofHours(2))
                .store();
        jdbc.sql(
                        """
                        INSERT INTO webhook_queue (project_id, entity, integration_type, lane, due_at, parked_until, oldest_at)
                        VALUES (?, 'issue/Y', 'jira', 'fetch', now() + interval '1 hour', now() + interval '1 hour', now())
                        """)
                .param(project)
                .update();

        assertThat(post(EVENTS + "/" + old + "/replay", ADMIN, null).status()).isEqualTo(202);

        assertThat(count(
                        """
                        SELECT count(*) FROM webhook_queue
                        WHERE project_id = ? AND due_at <= now() AND parked_until IS NULL AND oldest_at < now() - interval '1 hour'
                        """,
                        project))
                .isEqualTo(1);
    }

    @Test
    void whatWaitsOrIsWorkedOnOrBelongsToNobodyIsAConflict() {
        long project = project();
        long gone = project();
        long pending = event(project).status("pending").store();
        long failing = event(project).status("failed").entity("issue/Z").store();
        lease(project, "issue/Z", Duration.ofMinutes(1));
        long nobodys = event(null).status("ignored").store();
        long orphan = event(gone + 1_000_000).status("dead").store();

        assertConflict(pending, "waits");
        assertConflict(failing, "being processed");
        assertConflict(nobodys, "no project");
        assertConflict(orphan, "deleted");
        assertThat(status(failing)).isEqualTo("failed");
        assertThat(status(nobodys)).isEqualTo("ignored");
    }

    private void assertConflict(long event, String because) {
        Answer answer = post(EVENTS + "/" + event + "/replay", ADMIN, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains(because);
    }

    @Test
    void aReplayByFilterIsCountedFirst() {
        long project = project();
        String type = "test:" + project;
        List<Long> dead = new ArrayList<>();
        for (int i = 0; i < 1203; i++) {
            dead.add(event(project)
                    .github(type)
                    .status("dead")
                    .entity("branch/" + i % 7)
                    .store());
        }
        event(project).github(type).status("processed").store();
        event(null).github(type).status("dead").store();
        long other = event(project).status("dead").store();
        String filter = "{\"eventType\": \"" + type + "\", \"dryRun\": %s}";

        Answer counted = post(EVENTS + "/replay", ADMIN, filter.formatted(true));
        assertThat(counted.status()).as(counted.text()).isEqualTo(200);
        assertThat(counted.json().path("count").asLong()).isEqualTo(1203);
        assertThat(status(dead.get(0))).isEqualTo("dead");

        JsonNode before = get("/api/webhooks/status").json();
        Answer replayed = post(EVENTS + "/replay", ADMIN, filter.formatted(false));
        assertThat(replayed.status()).as(replayed.text()).isEqualTo(202);
        assertThat(replayed.json().path("count").asLong()).isEqualTo(1203);
        assertThat(count("SELECT count(*) FROM webhook_events WHERE event_type = ? AND status = 'pending'", type))
                .isEqualTo(1203);
        assertThat(count("SELECT count(*) FROM webhook_queue WHERE project_id = ? AND due_at <= now()", project))
                .isEqualTo(7);
        assertThat(status(other)).isEqualTo("dead");
        JsonNode after = get("/api/webhooks/status").json();
        assertThat(difference(before, after, "deadLettered")).isEqualTo(-1203);
        assertThat(difference(before, after, "pending")).isEqualTo(1203);
        JsonNode entry = audited("webhook-events");
        assertThat(entry.path("after").path("count").asLong()).isEqualTo(1203);
        assertThat(entry.path("after").path("eventType").asText()).isEqualTo(type);
        assertThat(entry.path("after").path("status").asText()).isEqualTo("dead");

        assertThat(post(EVENTS + "/replay", ADMIN, filter.formatted(false))
                        .json()
                        .path("count")
                        .asLong())
                .isZero();
    }

    @Test
    void everyFilterNarrows() {
        long project = project();
        String type = "narrow:" + project;
        event(project).github(type).age(Duration.ofHours(5)).store();
        event(project).github(type).age(Duration.ofHours(1)).store();
        event(project).github(type).status("failed").store();
        long held = event(project)
                .github(type)
                .status("failed")
                .entity("branch/held")
                .store();
        lease(project, "branch/held", Duration.ofMinutes(1));
        String processed = "{\"status\": \"processed\", \"dryRun\": true, \"eventType\": \"" + type + "\"";
        String time = Instant.now().minus(Duration.ofHours(3)).toString();

        assertThat(counted(processed + "}")).isEqualTo(2);
        assertThat(counted(processed + ", \"from\": \"" + time + "\"}")).isEqualTo(1);
        assertThat(counted(processed + ", \"to\": \"" + time + "\"}")).isEqualTo(1);
        assertThat(counted(processed + ", \"integrationType\": \"jira\"}")).isZero();
        Answer failed = post(EVENTS + "/replay", ADMIN, "{\"status\": \"failed\", \"eventType\": \"" + type + "\"}");
        assertThat(failed.json().path("count").asLong()).isEqualTo(1);
        assertThat(status(held)).isEqualTo("failed");
    }

    private long counted(String filter) {
        Answer answer = post(EVENTS + "/replay", ADMIN, filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("count").asLong();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status | {\"status\": \"processed\"}",
                "status | {\"status\": \"ignored\", \"dryRun\": true}",
                "status | {\"status\": \"pending\"}",
                "status | {\"status\": \"processing\"}",
                "status | {\"status\": null}",
                "integrationType | {\"integrationType\": \"gitlab\"}",
                "from | {\"from\": \"yesterday\"}",
                "to | {\"to\": 5}",
                "dryRun | {\"dryRun\": \"yes\"}",
                "eventType | {\"eventType\": \"\"}"
            })
    void aFilterThatCannotBeMeantIsA400(String field, String filter) {
        Answer answer = post(EVENTS + "/replay", ADMIN, filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void anIgnoredEventSaysWhy() {
        long found = event(project())
                .status("ignored")
                .error("The issue is in another project.")
                .store();
        long nobodys = event(null).status("ignored").store();
        long useless = event(project()).status("ignored").store();

        assertThat(get(EVENTS + "/" + found).json().path("reason").asText())
                .isEqualTo("The issue is in another project.");
        assertThat(get(EVENTS + "/" + nobodys).json().path("reason").asText()).startsWith("No project of the platform");
        assertThat(get(EVENTS + "/" + useless).json().path("reason").asText()).startsWith("Nothing follows");
        assertThat(get(EVENTS + "/" + event(project()).status("dead").store())
                        .json()
                        .has("reason"))
                .isFalse();
    }

    // Deleting

    @Test
    void aDeadEventCanBeDeletedAndDeliveredAgain() {
        long dead = event(project()).status("dead").error("gave up").store();
        JsonNode before = get("/api/webhooks/status").json();

        assertThat(delete(EVENTS + "/" + dead, ADMIN).status()).isEqualTo(204);

        assertThat(get(EVENTS + "/" + dead).status()).isEqualTo(404);
        assertThat(count("SELECT count(*) FROM webhook_deliveries WHERE event_id = ?", dead))
                .isZero();
        JsonNode after = get("/api/webhooks/status").json();
        assertThat(difference(before, after, "deadLettered")).isEqualTo(-1);
        assertThat(difference(before, after, "received")).isZero();
        JsonNode entry = audited("webhook-event/" + dead);
        assertThat(entry.path("action").asText()).isEqualTo("webhook-event.delete");
        assertThat(entry.path("before").path("errorMessage").asText()).isEqualTo("gave up");
        assertThat(delete(EVENTS + "/" + dead, ADMIN).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processed", "failed", "ignored"})
    void whatIsNotDeadStays(String status) {
        long id = event(project()).status(status).store();
        Answer answer = delete(EVENTS + "/" + id, ADMIN);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains(status);
        assertThat(status(id)).isEqualTo(status);
    }

    private JsonNode audited(String target) {
        for (JsonNode entry : get("/api/audit-log?limit=500").json()) {
            if (entry.path("target").asText().equals(target)) {
                return entry;
            }
        }
        throw new AssertionError("Nothing in the audit log about " + target);
    }

    private static List<Long> ids(Answer list) {
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        List<Long> ids = new ArrayList<>();
        list.json().forEach(event -> ids.add(event.path("id").asLong()));
        return ids;
    }
}
