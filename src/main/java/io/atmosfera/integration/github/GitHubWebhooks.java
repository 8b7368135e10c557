package io.atmosfera.integration.github;

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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How GitHub's webhooks come in. */
@Component
class GitHubWebhooks implements Webhooks {

    private static final String REFUSED = SqlFile.read("github/hook-refused");

    // X-Hub-Signature, which GitHub sends as well, is a SHA-1.
    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final String DELIVERY = "X-GitHub-Delivery";
    private static final String EVENT = "X-GitHub-Event";
    private static final String HOOK = "X-GitHub-Hook-ID";

    private static final Pattern HOOK_ID = Pattern.compile("\\d{1,18}");

    private static final EnvelopeFields.Wanted FIELDS = new EnvelopeFields.Wanted(
            Set.of(
                    "issue",
                    "repository",
                    "pull_request",
                    "check_run",
                    "check_suite",
                    "workflow_run",
                    "workflow_job",
                    "release",
                    "deployment"),
            Set.of("action", "full_name", "head_sha", "id", "number", "ref", "ref_type", "run_id", "sha"),
            null);

    private final JdbcTemplate jdbc;

    GitHubWebhooks(JdbcTemplate jdbc) {
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
        return Set.of(SIGNATURE, DELIVERY, EVENT, HOOK);
    }

    @Override
    public boolean takesForms() {
        return true;
    }

    @Override
    public EnvelopeFields.Wanted fields() {
        return FIELDS;
    }

    @Override
    public Envelope envelope(UnaryOperator<@Nullable String> headers, EnvelopeFields fields) {
        return GitHubEnvelopes.of(headers.apply(EVENT), fields);
    }

    /** GitHub asks so at the creation of a hook. */
    @Override
    public boolean isPing(Envelope envelope) {
        return envelope.eventType().equals("ping");
    }

    @Override
    public Map<Long, Reach> reaches(Map<Long, JsonNode> configurations) {
        Map<Long, Reach> reaches = new HashMap<>();
        configurations.forEach((project, config) -> reaches.put(project, reach(config)));
        return reaches;
    }

    private static Reach reach(JsonNode config) {
        List<String> names = new ArrayList<>(List.of(config.path("repository").asText()));
        config.path("repositories").forEach(further -> names.add(further.asText()));
        List<String> ids = new ArrayList<>();
        if (config.hasNonNull("repositoryId")) {
            ids.add(config.path("repositoryId").asText());
        }
        config.path("repositoryIds").forEach(id -> ids.add(id.asText()));
        JsonNode url = config.path("webhookUrl");
        return new Reach(
                List.of(config.path("apiUrl").asText()),
                names,
                false,
                ids,
                url.isTextual() ? url.textValue().replaceFirst("/+$", "") : null);
    }

    @Override
    public boolean isWithin(Reach reach, Envelope envelope) {
        return reach.hasScope(envelope.scope()) || reach.hasId(envelope.scopeId());
    }

    /**
     * Has the secret of the hook set again at GitHub, which seems to have been changed there. Anybody can name a hook, so it is
     * done every ten minutes at most.
     */
    @Override
    public void refused(UnaryOperator<@Nullable String> headers) {
        String hook = headers.apply(HOOK);
        if (hook != null && HOOK_ID.matcher(hook).matches()) {
            jdbc.update(REFUSED, Long.valueOf(hook));
        }
    }
}
