package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What came in is looked at, and what failed is tried once more. */
class WebhooksPageTest extends ConsoleTest {

    @Test
    void aDeadLetterIsReplayedOnceJiraIsWellAgain() {
        SimulatedJira jira = jira(3);
        long project = synced(jira);
        long event = dead(jira, project, "DEMO-1", "Late, but here");
        signIn(tokenOf("MANAGER"));
        open("/webhooks?status=dead&projectId=" + project);
        row("jira:issue_updated").getByRole(AriaRole.LINK).first().click();
        Locator panel = panel(event);
        assertThat(panel.getByText("Dead letter", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(panel.getByText("Dead letter:")).isVisible();

        jira.clearFaults();
        panel.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay"))
                .click();
        assertThat(panel.getByText("Processed", new Locator.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat(page.getByText("No dead letters")).isVisible();
        open("/projects/" + project + "/tickets");
        assertThat(row("Late, but here")).isVisible();
    }

    @Test
    void manyAreReplayedByFilterAfterTheirNumberWasSaid() {
        SimulatedJira jira = jira(4);
        long project = synced(jira);
        for (int number = 1; number <= 3; number++) {
            dead(jira, project, "DEMO-" + number, "Replayed " + number);
        }
        jira.clearFaults();
        signIn(ADMIN);
        open("/webhooks");
        button("Replay events").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Event type").fill("jira:issue_updated");
        press(dialog, "Count events");
        assertThat(dialog.getByText("3 events would be processed again.")).isVisible();
        press(dialog, "Replay 3 events");
        assertThat(dialog).hasCount(0);
        assertThat(page.getByText("3 events will be processed again.")).isVisible();
        open("/projects/" + project + "/tickets");
        assertThat(row("Replayed")).hasCount(3);
    }

    @Test
    void aDeadLetterIsDeletedOnlyAfterAQuestion() {
        SimulatedJira jira = jira(1);
        long project = synced(jira);
        long event = dead(jira, project, "DEMO-1", "Never");
        signIn(ADMIN);
        open("/webhooks?status=dead&projectId=" + project + "&event=" + event);
        press(panel(event), "Delete");
        Locator question = page.getByRole(AriaRole.DIALOG);
        press(question, "Cancel");
        assertThat(question).hasCount(0);
        assertThat(get("/api/webhooks/events/" + event).status()).isEqualTo(200);

        press(panel(event), "Delete");
        press(page.getByRole(AriaRole.DIALOG), "Delete it");
        assertThat(panel(event)).hasCount(0);
        assertThat(page.getByText("No dead letters")).isVisible();
        assertThat(get("/api/webhooks/events/" + event).status()).isEqualTo(404);
    }

    @Test
    void thePayloadIsShownLaidOutAndKeptByteForByte() throws IOException {
        SimulatedJira jira = jira(2);
        long project = synced(jira);
        long event = webhook(project, "DEMO-2");
        signIn(tokenOf("VIEWER"));
        open("/webhooks?event=" + event);
        Locator panel = panel(event);
        assertThat(panel.locator("pre")).containsText("\"webhookEvent\": \"jira:issue_updated\"");
        assertThat(panel.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay")))
                .hasCount(0);

        Download download = page.waitForDownload(() -> press(panel, "Download"));
        assertThat(Files.readString(download.path()))
                .isEqualTo(get("/api/webhooks/events/" + event + "/raw").text());
    }

    @Test
    void anIgnoredEventSaysWhyInTheListAndInItsDetails() {
        long project = synced(jira(1));
        String why = "Nothing follows from events of this type.";
        long event = webhook(
                project,
                "{\"timestamp\": %d, \"webhookEvent\": \"option_voting_changed\", \"property\": {\"key\": \"voting\"}}"
                        .formatted(System.currentTimeMillis())
                        .getBytes(StandardCharsets.UTF_8));
        signIn(tokenOf("VIEWER"));
        open("/webhooks?projectId=" + project + "&status=ignored");
        assertThat(row("option_voting_changed").getByText(why)).isVisible();
        row("option_voting_changed").getByRole(AriaRole.LINK).first().click();
        assertThat(panel(event).getByText(why)).isVisible();
    }

    @Test
    void aNewEventAppearsByItself() {
        SimulatedJira jira = jira(2);
        long project = synced(jira);
        signIn(ADMIN);
        open("/webhooks?projectId=" + project);
        assertThat(page.getByText("No event matches")).isVisible();
        assertThat(page.locator(".live .badge.good")).isVisible();
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "New"));
        webhook(project, "DEMO-1");
        assertThat(row("jira:issue_updated").getByText("Processed")).isVisible();
    }

    /** An event that was given up since Jira failed whenever it was asked. */
    private long dead(SimulatedJira jira, long project, String key, String summary) {
        jira.editIssue(key, fields -> fields.put("summary", summary));
        jira.fail(Fault.serverError().onPath("/rest/api").untilCleared());
        long event = webhook(project, key);
        await().atMost(Duration.ofSeconds(30)).until(() -> get("/api/webhooks/events/" + event)
                .json()
                .path("status")
                .asText()
                .equals("dead"));
        return event;
    }

    private Locator panel(long event) {
        return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Event " + event));
    }

    private static void press(Locator inside, String name) {
        inside.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
