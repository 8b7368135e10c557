package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What changes shows where one looks, without a reload. */
class LivePageTest extends ConsoleTest {

    @Test
    void aWebhookChangesTheRowAndTheOpenTicket() {
        SimulatedJira jira = jira(3);
        jira.transitionIssue("DEMO-2", "To Do");
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets?ticket=DEMO-2");
        assertThat(row("DEMO-2").getByText("To Do")).isVisible();
        isLive();
        page.evaluate("window.sameDocument = true");

        jira.transitionIssue("DEMO-2", "In Progress");
        webhook(project, "DEMO-2");
        assertThat(row("DEMO-2").getByText("In Progress")).isVisible();
        assertThat(panel("DEMO-2").locator(".pairs").getByText("In Progress")).isVisible();
        assertThat(panel("DEMO-2").locator("ins").getByText("In Progress").first())
                .isVisible();
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
    }

    @Test
    void aSyncThatSomebodyElseStartsShowsByItself() {
        SimulatedJira jira = jira(3);
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project);
        isLive();
        assertThat(region("Latest Jira sync").getByText("3 tickets · 3 created"))
                .isVisible();

        jira.editIssue("DEMO-1", fields -> fields.put("summary", "Changed meanwhile"));
        post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"full\"}");
        assertThat(region("Latest Jira sync").getByText("1 updated")).isVisible();
        assertThat(region("Live").getByText(Pattern.compile("Sync \\d+:\\s+completed")))
                .isVisible();
        assertThat(row("Changed meanwhile")).isVisible();
    }

    @Test
    void aSyncChangesTheRowsThatOneLooksAt() {
        SimulatedJira jira = jira(3);
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        assertThat(row("DEMO-1")).isVisible();
        isLive();
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "Fetched meanwhile"));
        post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"full\"}");
        assertThat(row("Fetched meanwhile")).isVisible();
    }

    @Test
    void onlyWhatChangedFlashes() {
        SimulatedJira jira = jira(3);
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        assertThat(row("DEMO-1")).isVisible();
        isLive();
        page.evaluate(
                """
                () => {
                    window.flashed = new Set();
                    new MutationObserver(() => document.querySelectorAll("tr.flash a").forEach(key => flashed.add(key.textContent)))
                        .observe(document.body, {subtree: true, attributes: true, childList: true});
                }""");
        // Told of, and fetched again by a sync, without any change.
        long unchanged = webhook(project, "DEMO-2");
        await().until(() -> get("/api/webhooks/events/" + unchanged).text().contains("\"processed\""));
        post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"full\"}");
        await().until(() -> get("/api/projects/" + project + "/jira-sync-logs?status=completed")
                        .json()
                        .size()
                == 2);

        jira.editIssue("DEMO-1", fields -> fields.put("summary", "Changed at last"));
        webhook(project, "DEMO-1");
        assertThat(row("Changed at last")).isVisible();
        page.waitForFunction("flashed.size > 0");
        assertThat(page.evaluate("[...flashed].join()")).isEqualTo("DEMO-1");
    }

    @Test
    void aTicketOutsideOfThePageIsCountedAndShownOnDemand() {
        SimulatedJira jira = jira(3);
        String key = jira.createIssue("DEMO", fields -> fields.put("summary", "Elsewhere"));
        jira.transitionIssue(key, "Done");
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets?search=Elsewhere");
        assertThat(row("Elsewhere")).isVisible();
        isLive();

        webhook(project, "DEMO-1");
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "Elsewhere, too"));
        webhook(project, "DEMO-1");
        assertThat(page.getByText("1 ticket not on this page changed.")).isVisible();
        button("Show").click();
        assertThat(row("Elsewhere, too")).isVisible();
    }

    @Test
    void aBrokenLineMendsItselfAndNothingIsMissed() {
        page.addInitScript(
                """
                const lines = window.lines = [];
                window.WebSocket = class extends WebSocket {
                    constructor(...details) {
                        super(...details);
                        lines.push(this);
                    }
                }""");
        SimulatedJira jira = jira(3);
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        isLive();

        jira.editIssue("DEMO-3", fields -> fields.put("summary", "Changed in the gap"));
        page.evaluate(
                """
                () => {
                    window.usual = WebSocket;
                    window.WebSocket = class {
                        addEventListener(name, then) {
                            if (name === "close") {
                                setTimeout(then, 50);
                            }
                        }
                        close() {}
                    };
                    lines.at(-1).close();
                }""");
        assertThat(page.getByText("Reconnecting")).isVisible();
        long event = webhook(project, "DEMO-3");
        await().until(() -> get("/api/webhooks/events/" + event).text().contains("\"processed\""));

        page.evaluate("() => { window.WebSocket = window.usual; }");
        isLive();
        assertThat(row("Changed in the gap")).isVisible();
    }

    private void isLive() {
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat(page.locator(".live .badge.good")).isVisible();
    }

    private Locator panel(String key) {
        return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Ticket " + key));
    }
}
