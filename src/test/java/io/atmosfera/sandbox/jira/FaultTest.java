package io.atmosfera.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultTest {

    private static final String SEARCH = "/rest/api/2/search/jql?fields=summary&maxResults=2&jql=project%3DDEMO";

    private SimulatedJira jira;
    private JiraClient client;

    @BeforeEach
    void start() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:04:31Z"), ZoneOffset.UTC);
        jira = SimulatedJira.start(
                SimulatedJira.Options.cloud().initialIssues(6).clock(clock).controlEndpoint(true));
        client = JiraClient.basic(jira);
    }

    @AfterEach
    void close() {
        jira.close();
    }

    @Test
    void limitsTheRateOfOnePathAsOftenAsAsked() throws Exception {
        jira.fail(Fault.rateLimited(Duration.ofSeconds(20))
                .onPath("/rest/api/2/search/jql")
                .times(2));

        assertThat(client.get("/rest/api/2/myself").statusCode()).isEqualTo(200);
        HttpResponse<String> limited = client.get(SEARCH);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("20");
        assertThat(limited.headers().firstValue("X-RateLimit-Reset")).contains("2026-11-22T10:04:51Z");
        assertThat(client.get(SEARCH).statusCode()).isEqualTo(429);
        assertThat(client.get(SEARCH).statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhenToComeBackInSeveralForms() throws Exception {
        jira.fail(Fault.rateLimitedUntil(Instant.parse("2026-11-22T10:05:00Z")));
        jira.fail(
                Fault.rateLimited(Duration.ofSeconds(20)).withResetToTheMinute().withReason("jira-quota-tenant-based"));
        jira.fail(Fault.rateLimited());

        assertThat(client.get(SEARCH).headers().firstValue("Retry-After")).contains("Sun, 22 Nov 2026 10:05:00 GMT");
        HttpResponse<String> second = client.get(SEARCH);
        assertThat(second.headers().firstValue("X-RateLimit-Reset")).contains("2026-11-22T10:05Z");
        assertThat(second.headers().firstValue("RateLimit-Reason")).contains("jira-quota-tenant-based");
        assertThat(client.get(SEARCH).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void answersWithEveryKindOfError() throws Exception {
        jira.fail(Fault.unavailable(Duration.ofSeconds(3)));
        jira.fail(Fault.serverError());
        jira.fail(Fault.badGateway());
        jira.fail(Fault.unauthorized());
        jira.fail(Fault.forbidden());
        jira.fail(Fault.captcha());
        jira.fail(Fault.gone());
        jira.fail(Fault.redirect(URI.create("https://elsewhere.example/")));
        jira.fail(Fault.loginPage());

        for (int status : new int[] {503, 500, 502, 401, 403, 403, 410, 302, 200}) {
            assertThat(client.get(SEARCH).statusCode()).isEqualTo(status);
        }
        assertThat(jira.pendingFaults()).isEmpty();
    }

    @Test
    void beginsWithTheNthRequest() throws Exception {
        jira.fail(Fault.serverError().onNth(2).untilCleared());

        assertThat(client.get(SEARCH).statusCode()).isEqualTo(200);
        assertThat(client.get(SEARCH).statusCode()).isEqualTo(500);
        assertThat(client.get(SEARCH).statusCode()).isEqualTo(500);
        jira.clearFaults();
        assertThat(client.get(SEARCH).statusCode()).isEqualTo(200);
    }

    @Test
    void truncatesOrCutsTheBody() throws Exception {
        jira.fail(Fault.truncated());
        jira.fail(Fault.cutOff());

        HttpResponse<String> truncated = client.get(SEARCH);
        assertThat(truncated.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> JiraClient.MAPPER.readTree(truncated.body()))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> client.get(SEARCH)).isInstanceOf(IOException.class);
        assertThat(client.get(SEARCH).statusCode()).isEqualTo(200);
    }

    @Test
    void hangsUntilTheCallerGivesUp() {
        jira.fail(Fault.hanging(Duration.ofHours(1)));

        assertThatThrownBy(() -> client.send(client.request(SEARCH).timeout(Duration.ofMillis(200))))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void letsGoOfHangingRequestsWhenItCloses() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        jira.fail(Fault.hanging(Duration.ofHours(1)).matching(request -> {
            arrived.countDown();
            return true;
        }));
        CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> {
            try {
                return new AssertionError("answered " + client.get(SEARCH).statusCode());
            } catch (IOException | InterruptedException e) {
                return e;
            }
        });

        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        jira.close();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void answersLate() throws Exception {
        jira.fail(Fault.slow(Duration.ofMillis(150)));
        long start = System.nanoTime();

        assertThat(client.get(SEARCH).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void leadsPagingInCircles() throws Exception {
        jira.fail(Fault.repeatedPageToken().untilCleared());

        String token = client.json(SEARCH).path("nextPageToken").asText();
        JsonNode second = client.json(SEARCH + "&nextPageToken=" + JiraClient.encode(token));
        assertThat(second.path("nextPageToken").asText()).isEqualTo(token);
        assertThat(second.path("isLast").asBoolean()).isFalse();
    }

    @Test
    void emptiesAPageOrTheWholeResult() throws Exception {
        jira.fail(Fault.emptyPage());
        jira.fail(Fault.emptyResult());

        JsonNode page = client.json(SEARCH);
        assertThat(page.path("issues")).isEmpty();
        assertThat(page.has("nextPageToken")).isTrue();
        JsonNode result = client.json(SEARCH);
        assertThat(result.path("issues")).isEmpty();
        assertThat(result.path("isLast").asBoolean()).isTrue();
    }

    @Test
    void opensADoorForPeople() throws Exception {
        JiraClient person = JiraClient.anonymous(jira);

        assertThat(person.get("/sandbox").body()).contains("/sandbox/faults");
        assertThat(person.post("/sandbox/faults", "{\"kind\":\"rate-limit\",\"retryAfterSeconds\":7}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(client.get(SEARCH).headers().firstValue("Retry-After")).contains("7");
        assertThat(person.post("/sandbox/issues/DEMO-1", "{\"fields\":{\"status\":{\"name\":\"Done\"}}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(jira.issue("DEMO-1").at("/fields/status/name").asText()).isEqualTo("Done");
        assertThat(person.delete("/sandbox/issues/DEMO-1").statusCode()).isEqualTo(204);
        assertThat(jira.hasIssue("DEMO-1")).isFalse();
        assertThat(person.post("/sandbox/pause", "").body()).contains("\"changesPaused\":true");
        assertThat(person.delete("/sandbox/faults").statusCode()).isEqualTo(204);
    }

    @Test
    void namesTheFieldThatIsWrongAtTheDoor() throws Exception {
        JiraClient person = JiraClient.anonymous(jira);

        for (String[] bad : new String[][] {
            {"kind", "{\"kind\":\"earthquake\"}"},
            {"kind", "{}"},
            {"times", "{\"kind\":\"gone\",\"times\":\"many\"}"},
            {"path", "{\"kind\":\"gone\",\"path\":\"rest\"}"},
            {"tmies", "{\"kind\":\"gone\",\"tmies\":1}"},
            {"body", "nonsense"}
        }) {
            HttpResponse<String> response = person.post("/sandbox/faults", bad[1]);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(JiraClient.MAPPER.readTree(response.body()).path("field").asText())
                    .isEqualTo(bad[0]);
        }
        HttpResponse<String> status =
                person.post("/sandbox/issues/DEMO-1", "{\"fields\":{\"status\":{\"name\":\"Sunk\"}}}");
        assertThat(status.statusCode()).isEqualTo(400);
        assertThat(status.body()).contains("fields.status");
    }

    @Test
    void hasNoDoorUnlessAskedFor() throws Exception {
        try (SimulatedJira closed = SimulatedJira.start(SimulatedJira.Options.cloud())) {
            assertThat(JiraClient.anonymous(closed).get("/sandbox").statusCode())
                    .isEqualTo(404);
        }
    }
}
