package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.source.StandInGitLab;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that is files, GitLab of the examples, has the pages that Jira and GitHub have. */
class FileSourcePageTest extends ConsoleTest {

    private final StandInGitLab gitlab = new StandInGitLab();

    @AfterEach
    void closeGitLab() {
        gitlab.close();
    }

    @Test
    void aProjectWithoutTheSourceSaysHowToConnectIt() {
        long project = project();
        signIn(ADMIN);
        open("/projects/" + project + "/connections");
        assertThat(region("GitLab").getByText("Not connected. Connect it through the API"))
                .isVisible();
        open("/projects/" + project + "/syncs?source=gitlab");
        assertThat(page.getByText("This project has no connection to GitLab.")).isVisible();
        assertThat(button("Sync now")).hasCount(0);
        open("/projects/" + project + "/sources/gitlab");
        link("Open connections").click();
        assertThat(heading("Connections")).isVisible();
        open("/projects/" + project + "/sources/nothing");
        assertThat(heading("Source not found")).isVisible();
    }

    @Test
    void itIsSyncedListedAndFilteredByItsTitle() {
        for (int number = 1; number <= 3; number++) {
            gitlab.hasIssue(number, "The kettle leaks " + number, "As in DEMO-" + number, "2026-02-01T00:00:00.000Z");
        }
        gitlab.hasMergeRequest(4, "DEMO-2 seal", "2026-02-02T00:00:00.000Z");
        long project = connected(synced(jira(3)));
        signIn(tokenOf("MANAGER"));
        open("/projects/" + project + "/syncs?source=gitlab");
        page.getByLabel("Full").check();
        button("Sync now").click();
        assertThat(region("Latest sync").getByText("4 items · 4 created")).isVisible();
        assertThat(region("Streams").getByText("Merge requests")).isVisible();
        assertThat(region("History").getByRole(AriaRole.ROW)).hasCount(2);

        side().getByText("GitLab").click();
        assertThat(heading("GitLab")).isVisible();
        assertThat(page.getByText("4 items", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(row("DEMO-2 seal").getByText("2 Feb")).isVisible();
        isAccessible();
        page.getByLabel("Stream").selectOption("issues");
        page.waitForURL(Pattern.compile("stream=issues"));
        assertThat(row("DEMO-2 seal")).hasCount(0);
        page.getByLabel("Ticket").fill("DEMO-3");
        assertThat(page.getByText("1 item", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        page.getByLabel("State").fill("nowhere");
        assertThat(page.getByText("No item matches")).isVisible();
        button("Clear filters").first().click();
        assertThat(row("DEMO-2 seal")).isVisible();

        // It comes in while one looks.
        assertThat(page.locator(".live .badge.good")).isVisible();
        gitlab.hasIssue(9, "Tea is cold", null, "2026-02-09T00:00:00.000Z");
        post("/api/projects/" + project + "/sources/gitlab/sync", ADMIN, "{\"syncType\": \"full\"}");
        assertThat(row("Tea is cold")).isVisible();
    }

    @Test
    void noPageFailsWithASourceAndEachCallsItByItsTitle() {
        gitlab.hasIssue(1, "The kettle leaks", null, "2026-02-01T00:00:00.000Z");
        long project = connected(project());
        List<String> refused = new ArrayList<>();
        page.onResponse(answer -> {
            if (answer.status() >= 400 && !answer.url().endsWith("-config")) {
                refused.add(answer.status() + " " + answer.url());
            }
        });
        signIn(ADMIN);
        String name = get("/api/projects/" + project).json().path("name").asText();
        Locator card = page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
        assertThat(card.getByText("GitLab", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();

        open("/health");
        assertThat(region(name + ", GitLab")).isVisible();
        assertThat(region(name + ", GitLab").getByRole(AriaRole.ALERT)).hasCount(0);
        open("/projects/" + project);
        assertThat(page.locator(".tile").getByText("GitLab")).isVisible();
        for (String part : List.of("/connections", "/syncs?source=gitlab", "/sources/gitlab")) {
            open("/projects/" + project + part);
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.locator(".loading")).hasCount(0);
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void whatCouldNotBeStoredIsShownWithItsReason() {
        gitlab.insteadOfFirstPage(
                "issues",
                Reply.json("[{\"iid\": 6, \"title\": \"x\", \"state\": \"opened\", \"author\": \"ada\"}, {\"iid\": 7,"
                        + " \"title\": \"fine\", \"state\": \"opened\", \"author\": {\"username\": \"ada\"}}]"));
        long project = connected(project());
        signIn(ADMIN);
        open("/projects/" + project + "/syncs?source=gitlab");
        page.getByLabel("Full").check();
        button("Sync now").click();
        Locator quarantined = region("Quarantined");
        assertThat(quarantined.getByText("Issues · 6")).isVisible();
        assertThat(quarantined.getByText("The mapping")).isVisible();
        assertThat(quarantined.getByRole(AriaRole.BUTTON)).hasCount(0);
    }

    private Locator side() {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"));
    }

    /** Connects a project with GitLab, to be synced by hand only. */
    private long connected(long project) {
        Answer saved = post(
                "/api/projects/" + project + "/sources/gitlab/config",
                ADMIN,
                """
                {"url": "%s", "token": "glpat-good-token", "autoSync": false, "parameters": {"project": "acme/shop"}}"""
                        .formatted(gitlab.url()));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }
}
