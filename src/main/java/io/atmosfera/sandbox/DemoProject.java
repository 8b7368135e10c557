package io.atmosfera.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.github.SimulatedGitHub;
import io.atmosfera.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Gives the first start something to show: a project whose connections lead to the simulated systems, and its first syncs. It
 * goes through the platform's API with the administrator's token, as a person would who read it in the start message, and
 * waits for the first tickets, so that this message is the last thing said.
 */
final class DemoProject {

    private static final Logger LOG = LoggerFactory.getLogger(DemoProject.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long GLANCE_MILLIS = 100;

    private final SandboxProperties properties;
    private final URI jira;
    private final SimulatedGitHub github;
    private final Environment environment;

    DemoProject(SandboxProperties properties, URI jira, SimulatedGitHub github, Environment environment) {
        this.properties = properties;
        this.jira = jira;
        this.github = github;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void prepare() throws InterruptedException {
        Optional<URI> platform = PlatformAddress.of(environment, "local.server.port");
        Optional<String> token = token();
        if (platform.isEmpty() || token.isEmpty()) {
            LOG.info(
                    "The sandbox makes no project: it knows no administrator's token, or the platform speaks TLS only");
            return;
        }
        PlatformClient api = new PlatformClient(platform.get(), token.get());
        try {
            if (api.get("/api/projects").isEmpty()) {
                make(api, platform.get());
            }
        } catch (IOException e) {
            LOG.warn("The sandbox could not make its project: {}", e.getMessage());
        }
    }

    private void make(PlatformClient api, URI platform) throws IOException, InterruptedException {
        ObjectNode demo = Json.object().put("name", "Demo").put("key", "DEMO");
        String project =
                "/api/projects/" + api.post("/api/projects", demo).path("id").asLong();
        api.post(
                project + "/jira-config",
                Json.object()
                        .put("jiraUrl", jira.toString())
                        .put("email", SandboxConfiguration.USER)
                        .put("apiKey", SandboxConfiguration.PASSWORD)
                        .put("projectKey", "DEMO")
                        .put("syncIntervalMinutes", 1)
                        .put("webhookSecret", properties.webhookSecret()));
        JsonNode sync = api.post(project + "/jira-sync", Json.object().put("syncType", "full"));
        waitFor(api, project + "/jira-sync-logs/" + sync.path("syncId").asLong());
        api.post(
                project + "/github-config",
                Json.object()
                        .put("repository", github.repository())
                        .put("accessToken", SandboxConfiguration.PASSWORD)
                        .put("apiUrl", github.baseUri().toString())
                        .put("webhookUrl", platform + "/api/webhooks/github")
                        .put("analysisDepth", "deep"));
        JsonNode unused = api.post(project + "/github-sync", Json.object().put("syncType", "full"));
        LOG.info("Made the project DEMO, which is synced with the simulated Jira and GitHub from now on");
    }

    private static void waitFor(PlatformClient api, String sync) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (api.get(sync).path("status").asText().equals("running")
                && Instant.now().isBefore(limit)) {
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** The administrator's: the one that was given, else the one that an embedded start keeps in its folder. */
    private Optional<String> token() {
        String given = environment.getProperty("platform.admin-token", "");
        if (!given.isBlank()) {
            return Optional.of(given.trim());
        }
        Path kept = Path.of(environment.getProperty("platform.data-dir", "./data"), "admin-token");
        try {
            return Files.exists(kept) ? Optional.of(Files.readString(kept).trim()) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", kept, e);
            return Optional.empty();
        }
    }
}
