package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Syncs are started, watched and cancelled in the browser. */
class SyncsPageTest extends ConsoleTest {

    @Test
    void aFullSyncIsStartedAndWatchedToItsEnd() {
        long project = project(jira(35));
        signIn(tokenOf("MANAGER"));
        open("/projects/" + project + "/syncs");
        assertThat(region("Latest sync").getByText("No sync yet")).isVisible();

        page.getByLabel("Full").check();
        button("Sync now").click();
        Locator latest = region("Latest sync");
        assertThat(latest.getByText("Completed", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(latest.getByText("35 tickets · 35 created")).isVisible();
        assertThat(region("History").getByRole(AriaRole.ROW)).hasCount(2);
    }

    @Test
    void aRunningSyncSaysWhatItDoesAndCanBeCancelled() {
        SimulatedJira jira = jira(60);
        jira.fail(Fault.slow(Duration.ofSeconds(1)).onPath("/rest/api/2/search").untilCleared());
        long project = project(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/syncs");
        page.getByLabel("Full").check();
        button("Sync now").click();

        Locator latest = region("Latest sync");
        assertThat(latest.getByText("Stored page 1: 10")).isVisible();
        assertThat(latest.getByText("Estimated end: in")).isVisible();
        assertThat(latest.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        assertThat(button("A sync is running")).isDisabled();
        latest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        assertThat(latest.getByText("Cancelled", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        jira.clearFaults();
    }

    @Test
    void aSyncByQueryThatJiraRefusesSaysWhy() {
        long project = project(jira(2));
        signIn(ADMIN);
        open("/projects/" + project + "/syncs");
        page.getByLabel("Manual (JQL)").check();
        button("Sync now").click();
        assertThat(page.getByText("Enter a JQL query.")).isVisible();
        assertThat(field("JQL")).isFocused();

        field("JQL").fill("project = ");
        button("Sync now").click();
        assertThat(region("Latest sync").getByText("Error in the JQL Query")).isVisible();
    }

    @Test
    void theHistoryHasItsChartsAndEachSyncItsDetails() {
        long project = synced(jira(5));
        post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"incremental\"}");
        signIn(ADMIN);
        open("/projects/" + project + "/syncs");
        assertThat(page.locator("figure canvas")).hasCount(2);
        assertThat(page.getByRole(AriaRole.IMG).first()).hasAttribute("aria-label", Pattern.compile("2 syncs"));

        row("Full").getByRole(AriaRole.LINK).click();
        assertThat(page.getByRole(AriaRole.COMPLEMENTARY).getByText("project = \"DEMO\""))
                .isVisible();
        assertThat(page.url()).contains("sync=");
    }
}
