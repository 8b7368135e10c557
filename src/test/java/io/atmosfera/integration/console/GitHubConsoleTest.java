package io.atmosfera.integration.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.integration.github.StandInRepository;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** Ground for tests of the pages about a repository: one that is collected from a stand-in. */
abstract class GitHubConsoleTest extends ConsoleTest {

    private static final String SECRET = "a secret of GitHub's";
    private static final Duration LIMIT = Duration.ofSeconds(40);

    final StandInRepository repository = StandInRepository.start();

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    /** Connects a project with the repository; it is synced by hand, and where events ask for it. */
    void connect(long project) {
        Answer saved = post(
                "/api/projects/" + project + "/github-config",
                ADMIN,
                """
                {"repository": "%s", "accessToken": "ghp_of-the-tests", "apiUrl": "%s", "webhookSecret": "%s"}"""
                        .formatted(repository.name(), repository.url(), SECRET));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        jdbc.sql("UPDATE sync_schedules SET next_sync_at = 'infinity' WHERE project_id = ? AND source = 'github'")
                .param(project)
                .update();
    }

    /** Syncs until what the repository has is here. */
    void collect(long project) {
        String base = "/api/projects/" + project + "/github-sync";
        Answer started = await().atMost(LIMIT).until(() -> post(base, ADMIN, "{}"), answer -> answer.status() != 409);
        String log = base + "-logs/" + started.json().path("syncId").asLong();
        JsonNode ended = await().atMost(LIMIT).until(() -> get(log).json(), sync -> !sync.path("status")
                .asText()
                .equals("running"));
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
    }

    /** A project with the tickets DEMO-1 to DEMO-3 and all that the repository has. */
    long collected() {
        long project = synced(jira(3));
        connect(project);
        collect(project);
        return project;
    }

    /** GitHub tells, signed, of something. */
    void deliver(long project, String event, String body) {
        Answer answer = send(SignedDelivery.github(
                port,
                "/api/projects/" + project + "/github-webhook",
                body.getBytes(StandardCharsets.UTF_8),
                SECRET,
                event,
                UUID.randomUUID().toString()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    /** A pull request as GitHub gives it. */
    static String pull(int number, String title, String branch, String state) {
        return """
            {"id": %1$d, "number": %1$d, "title": "%2$s", "state": "%4$s", "user": {"login": "mona"},
             "head": {"ref": "%3$s", "sha": "aaaa%1$d"}, "base": {"ref": "main", "sha": "bbbb"},
             "labels": [{"name": "cart"}], "body": "Nothing to DEMO-3x, and NONE-1.",
             "created_at": "2024-05-01T08:00:00Z", "updated_at": "2024-05-02T08:00:00Z",
             "html_url": "https://github.example/octo/hello/pull/%1$d"}"""
                .formatted(number, title, branch, state);
    }

    /** What GitHub sends when a pull request was edited. */
    static String edited(String pull) {
        return """
            {"action": "edited", "pull_request": %s, "repository": {"id": 1296269, "full_name": "octo/hello"}}"""
                .formatted(pull.replace("2024-05-02", "2024-05-03"));
    }

    static String inside(long project, String page) {
        return "/projects/" + project + "/github" + page;
    }

    /** The open details of something, by their name. */
    Locator panel(String name) {
        return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName(name));
    }

    Locator tab(String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("GitHub"))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
