package io.atmosfera.integration.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionHistoryTest extends PlatformTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private long project;

    @BeforeEach
    void makeProject() {
        int number = NUMBER.incrementAndGet();
        project = post("/api/projects", ADMIN, "{\"name\": \"History\", \"key\": \"HI%d\"}".formatted(number))
                .json()
                .path("id")
                .asLong();
        jdbc.sql("INSERT INTO integration_configs (project_id, integration_type, config_data, is_active)"
                        + " VALUES (?, 'jira', '{}', false)")
                .param(project)
                .update();
    }

    private void probe(Duration ago, @Nullable Integer latencyMs) {
        jdbc.sql("INSERT INTO connection_probes (config_id, at, ok, latency_ms)"
                        + " SELECT id, now() - make_interval(secs => ?), ?, ?::integer FROM integration_configs"
                        + " WHERE project_id = ?")
                .params((double) ago.toSeconds(), latencyMs != null, latencyMs, project)
                .update();
    }

    private Answer history(String query) {
        return get("/api/projects/" + project + "/connection-history?" + query);
    }

    @Test
    void aDayIsShownInQuartersOfAnHour() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            probe(Duration.ofMinutes(minute).plusSeconds(5), minute % 5 == 0 ? null : 100);
        }
        probe(Duration.ofHours(25), 999);

        List<JsonNode> spans = new ArrayList<>();
        history("integrationType=jira").json().forEach(spans::add);

        assertThat(spans).hasSizeBetween(96, 97);
        assertThat(spans.stream().map(span -> Instant.parse(span.path("at").asText())))
                .isSorted()
                .allSatisfy(at -> assertThat(at.getEpochSecond() % 900).isZero());
        assertThat(spans.stream().mapToInt(span -> span.path("probes").asInt()).sum())
                .isEqualTo(1440);
        assertThat(spans.get(40).path("uptimePercent").asDouble()).isEqualTo(80.0);
        assertThat(spans.get(40).path("latencyMs").asInt()).isEqualTo(100);
    }

    @Test
    void aSpanInWhichNothingSucceededHasNoLatency() {
        probe(Duration.ofMinutes(10), null);

        assertThat(history("integrationType=jira&hours=1").json())
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.has("latencyMs")).isFalse();
                    assertThat(span.path("uptimePercent").asDouble()).isZero();
                    assertThat(span.path("probes").asInt()).isEqualTo(1);
                });
    }

    @Test
    void whatWasNeverProbedHasNoHistory() {
        assertThat(history("integrationType=github&hours=168").json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                              integrationType",
        "integrationType=svn,             integrationType",
        "integrationType=jira&hours=0,    hours",
        "integrationType=jira&hours=169,  hours",
        "integrationType=jira&hours=many, hours"
    })
    void aWrongQuestionIsTold(String query, String field) {
        Answer answer = history(query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void anUnknownProjectHasNone() {
        assertThat(get("/api/projects/999999/connection-history?integrationType=jira")
                        .status())
                .isEqualTo(404);
    }
}
