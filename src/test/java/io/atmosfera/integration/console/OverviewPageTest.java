package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A project at a glance: its figures are its own. */
class OverviewPageTest extends ConsoleTest {

    @Test
    void theFiguresAreTheProjectsOwnAndLeadToWhatTheyCount() {
        SimulatedJira jira = jira(3);
        long busy = synced(jira);
        long quiet = synced(jira(2));
        for (int number = 1; number <= 2; number++) {
            long event = webhook(busy, "DEMO-" + number);
            await().until(() -> get("/api/webhooks/events/" + event).text().contains("\"processed\""));
        }
        signIn(ADMIN);
        open("/projects/" + quiet);
        assertThat(tile("Tickets")).containsText("2in this project");
        assertThat(tile("Webhook events")).containsText("0none for this project yet");
        assertThat(tile("Dead letters")).containsText("0of this project");

        open("/projects/" + busy);
        assertThat(tile("Tickets")).containsText("3in this project");
        assertThat(tile("Webhook events")).containsText("2of this project");
        assertThat(tile("Jira")).containsText("old");
        tile("Webhook events").click();
        assertThat(page.getByText("2 events", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    @Test
    void aProjectWithoutAnythingSaysWhatToDoNext() {
        long project = project();
        signIn(ADMIN);
        open("/projects/" + project);
        assertThat(page.getByText("No connections yet.")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Connect to Jira"))
                .last()
                .click();
        assertThat(heading("Connections")).isVisible();
        open("/projects/" + project + "/syncs");
        assertThat(page.getByText("This project has no connection to Jira.")).isVisible();

        // Connected but never synced: the next step is a sync, not a connection.
        long connected = project(jira(1));
        open("/projects/" + connected);
        assertThat(region("Latest Jira sync")
                        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open syncs")))
                .isVisible();
    }

    @Test
    void eachPartThatCannotBeLoadedSaysSo() {
        long project = project(jira(1));
        signIn(ADMIN);
        page.route(
                Pattern.compile("/api/(integrations/health|projects/\\d+/jira-)"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/problem+json")
                        .setBody("{\"status\": 503, \"detail\": \"The database does not answer.\"}")));
        open("/projects/" + project);
        assertThat(page.getByText("The health of the connections is unavailable."))
                .isVisible();
        assertThat(region("Latest Jira sync").getByText("The database does not answer."))
                .isVisible();
        assertThat(region("Recently updated tickets").getByText("The database does not answer."))
                .isVisible();
    }

    private Locator tile(String name) {
        return page.locator(".tile")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".name").getByText(name, new Locator.GetByTextOptions().setExact(true))));
    }
}
