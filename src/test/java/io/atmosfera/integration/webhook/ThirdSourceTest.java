package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.integration.connection.Source;
import io.atmosfera.integration.connection.SourceFailures;
import io.atmosfera.integration.connection.Sources;
import io.atmosfera.integration.credential.CredentialVault;
import io.atmosfera.integration.credential.Sealed;
import io.atmosfera.integration.inbox.Envelope;
import io.atmosfera.integration.inbox.EnvelopeFields;
import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import io.atmosfera.integration.inbox.Reach;
import io.atmosfera.integration.inbox.Webhooks;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.ConnectionFailures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A source that the platform does not have needs what a source says of itself, an instance of the template of receivers, and a route
 * of its events: nothing that sources share is changed for it.
 */
class ThirdSourceTest extends WebhookSupport {

    private static final String SECRET = "the secret of the kettles";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Autowired
    private Sources sources;

    @Autowired
    private Senders senders;

    @Autowired
    private CredentialVault vault;

    @Autowired
    private CamelContext camel;

    private final Queue<String> applied = new ConcurrentLinkedQueue<>();

    /** How kettles deliver: whistles name their kitchen. */
    private static final class Kettles implements Webhooks {

        @Override
        public String signatureHeader() {
            return "X-Kettle-Signature";
        }

        @Override
        public String deliveryHeader() {
            return "X-Kettle-Delivery";
        }

        @Override
        public Set<String> headers() {
            return Set.of(signatureHeader(), deliveryHeader());
        }

        @Override
        public boolean takesForms() {
            return false;
        }

        @Override
        public EnvelopeFields.Wanted fields() {
            return new EnvelopeFields.Wanted(Set.of(), Set.of("kitchen", "kettle"), null);
        }

        @Override
        public Envelope envelope(UnaryOperator<@Nullable String> headers, EnvelopeFields fields) {
            return new Envelope(
                    "whistle",
                    null,
                    null,
                    fields.text("kitchen"),
                    null,
                    null,
                    "kettle/" + fields.text("kettle"),
                    Envelope.Lane.APPLY,
                    true);
        }

        @Override
        public boolean isPing(Envelope envelope) {
            return false;
        }

        @Override
        public Map<Long, Reach> reaches(Map<Long, JsonNode> configurations) {
            return configurations.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            config -> new Reach(
                                    List.of(),
                                    List.of(config.getValue().path("kitchen").asText()),
                                    false,
                                    List.of(),
                                    null)));
        }

        @Override
        public boolean isWithin(Reach reach, Envelope envelope) {
            return reach.hasScope(envelope.scope());
        }

        @Override
        public void refused(UnaryOperator<@Nullable String> headers) {
            // Nobody is asked.
        }
    }

    @BeforeEach
    void aSourceOfKettles() throws Exception {
        SourceFailures failures = new SourceFailures(
                new ConnectionFailures("The kettle", "url", 1_000), Set.of(Reason.AUTHENTICATION), Set.of());
        sources.add(new Source("kettles", "Kettles", "whistles", failures, new Kettles()));
        TemplatedRouteBuilder.builder(camel, "webhook-receiver")
                .routeId("webhook-kettles")
                .parameter("route", "webhook-kettles")
                .parameter("path", "/api/webhooks/kettles")
                .add();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:kettles-events").routeId("kettles-events").process(exchange -> {
                    List<InboxEvent> group = events(exchange.getVariable("group"));
                    InboxBatch batch = exchange.getVariable("inboxBatch", InboxBatch.class);
                    for (InboxEvent event : group) {
                        applied.add(event.entity() + " " + new String(event.json(), StandardCharsets.UTF_8));
                        batch.getOutcomes().note(event, Outcome.processed());
                    }
                });
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static List<InboxEvent> events(Object group) {
        return (List<InboxEvent>) group;
    }

    @AfterEach
    void itIsGone() throws Exception {
        for (String route : List.of("webhook-kettles", "kettles-events")) {
            camel.getRouteController().stopRoute(route);
            camel.removeRoute(route);
        }
    }

    private long kitchen(String name) {
        long project = project();
        long config = jdbc.sql("INSERT INTO integration_configs (project_id, integration_type, config_data)"
                        + " VALUES (?, 'kettles', jsonb_build_object('kitchen', ?::text)) RETURNING id")
                .params(project, name)
                .query(Long.class)
                .single();
        Sealed sealed = vault.seal(CredentialVault.context(project, "kettles", "webhookSecret"), SECRET);
        jdbc.sql(
                        "INSERT INTO integration_secrets (config_id, name, key_id, ciphertext) VALUES (?, 'webhookSecret', ?, ?)")
                .params(config, sealed.keyId(), sealed.ciphertext())
                .update();
        senders.forget();
        return project;
    }

    private Answer whistles(String kitchen, String secret, String id) {
        byte[] body = ("{\"kitchen\": \"" + kitchen + "\", \"kettle\": \"blue\"}").getBytes(StandardCharsets.UTF_8);
        return send(raw("/api/webhooks/kettles", body)
                .header("Content-Type", "application/json")
                .header("X-Kettle-Signature", SignedDelivery.sign(body, secret))
                .header("X-Kettle-Delivery", id));
    }

    @Test
    void itsDeliveriesAreVerifiedStoredAndAppliedByItsRoute() {
        long project = kitchen("tower");

        assertThat(whistles("tower", "another secret of kettles", "w-0").status())
                .isEqualTo(401);
        Answer taken = whistles("tower", SECRET, "w-1");

        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        assertThat(taken.json().path("status").asText()).isEqualTo("accepted");
        assertThat(whistles("tower", SECRET, "w-1").json().path("status").asText())
                .isEqualTo("duplicate");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(applied)
                .containsExactly("kettle/blue {\"kitchen\": \"tower\", \"kettle\": \"blue\"}"));
        await().atMost(LIMIT).until(() -> jdbc.sql("SELECT status FROM webhook_events WHERE project_id = ?")
                .param(project)
                .query(String.class)
                .single()
                .equals("processed"));
        JsonNode figures =
                get("/api/webhooks/status").json().path("byIntegration").path("kettles");
        assertThat(figures.path("processed").asInt()).isEqualTo(1);
        assertThat(figures.path("duplicates").asInt()).isEqualTo(1);
    }

    @Test
    void whatBelongsToNoConnectionOfItIsIgnored() {
        long project = kitchen("cellar");

        Answer taken = whistles("attic", SECRET, "w-2");

        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        assertThat(taken.json().path("status").asText()).isEqualTo("ignored");
        assertThat(jdbc.sql("SELECT count(*) FROM webhook_events WHERE project_id = ?")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
