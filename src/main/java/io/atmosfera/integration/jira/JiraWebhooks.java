package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.database.SqlFile;
import io.atmosfera.integration.inbox.Envelope;
import io.atmosfera.integration.inbox.EnvelopeFields;
import io.atmosfera.integration.inbox.Reach;
import io.atmosfera.integration.inbox.Webhooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How Jira's webhooks come in. */
@Component
class JiraWebhooks implements Webhooks {

    private static final String LEARNED = SqlFile.read("jira/projects-learned");

    private static final String SIGNATURE = "X-Hub-Signature";
    private static final String DELIVERY = "X-Atlassian-Webhook-Identifier";

    private static final EnvelopeFields.Wanted FIELDS = new EnvelopeFields.Wanted(
            Set.of(
                    "issue",
                    "issue.fields",
                    "issue.fields.project",
                    "comment",
                    "worklog",
                    "issueLink",
                    "sprint",
                    "version",
                    "project",
                    "changelog"),
            Set.of("id", "issueId", "key", "self", "sourceIssueId", "updated", "webhookEvent"),
            // Of the changes only a move matters: it names the project that the issue was in.
            new EnvelopeFields.Change("changelog.items", "Key", "changelog.formerKey"));

    private final JdbcTemplate jdbc;

    JiraWebhooks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String signatureHeader() {
        return SIGNATURE;
    }

    @Override
    public String deliveryHeader() {
        return DELIVERY;
    }

    @Override
    public Set<String> headers() {
        return Set.of(SIGNATURE, DELIVERY, "X-Atlassian-Webhook-Flow", "X-Atlassian-Webhook-Retry");
    }

    @Override
    public boolean takesForms() {
        return false;
    }

    @Override
    public EnvelopeFields.Wanted fields() {
        return FIELDS;
    }

    @Override
    public Envelope envelope(UnaryOperator<@Nullable String> headers, EnvelopeFields fields) {
        return JiraEnvelopes.of(fields);
    }

    @Override
    public boolean isPing(Envelope envelope) {
        return false;
    }

    /** What was learned of the project that a connection names: where its Jira takes itself to be, its id, the key that it has now. */
    private record Learned(@Nullable String baseUrl, @Nullable String id, @Nullable String key) {

        static final Learned NOTHING = new Learned(null, null, null);
    }

    @Override
    public Map<Long, Reach> reaches(Map<Long, JsonNode> configurations) {
        Map<Long, Learned> learned = new HashMap<>();
        jdbc.query(
                LEARNED,
                row -> {
                    learned.put(
                            row.getLong("project_id"),
                            new Learned(
                                    row.getString("base_url"),
                                    row.getString("jira_project_id"),
                                    row.getString("jira_project_key")));
                },
                (Object) configurations.keySet().toArray(Long[]::new));
        Map<Long, Reach> reaches = new HashMap<>();
        configurations.forEach((project, config) ->
                reaches.put(project, reach(config, learned.getOrDefault(project, Learned.NOTHING))));
        return reaches;
    }

    private static Reach reach(JsonNode config, Learned learned) {
        return new Reach(
                both(config.path("jiraUrl").asText(), learned.baseUrl()),
                both(config.path("projectKey").asText(), learned.key()),
                !config.path("jql").asText("").isBlank(),
                learned.id() == null ? List.of() : List.of(learned.id()),
                null);
    }

    private static List<String> both(String configured, @Nullable String learned) {
        List<String> both = new ArrayList<>(List.of(configured));
        if (learned != null && !learned.equals(configured)) {
            both.add(learned);
        }
        return both;
    }

    /** Jira's events name themselves by addresses below its base; some name none. */
    @Override
    public boolean isWithin(Reach reach, Envelope envelope) {
        return reach.hasAddress(envelope.site())
                && (reach.wholeSite()
                        || envelope.scope() == null
                        || isOfProject(reach, envelope)
                        || reach.hasScope(envelope.formerScope()));
    }

    /** By the id where it is known: a project that is renamed keeps it, and another one may get the former key. */
    private static boolean isOfProject(Reach reach, Envelope envelope) {
        return envelope.scopeId() == null || reach.ids().isEmpty()
                ? reach.hasScope(envelope.scope())
                : reach.hasId(envelope.scopeId());
    }

    @Override
    public void refused(UnaryOperator<@Nullable String> headers) {
        // Jira names no hook; somebody has to enter its secret again.
    }
}
