package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The health page says what is wrong, and what of its figures is over. */
class HealthPageTest extends ConsoleTest {

    @Test
    void aConnectionThatIsDownIsCountedNamedAndExplained() {
        long project = project();
        String name = get("/api/projects/" + project).json().path("name").asText();
        page.route(
                Pattern.compile("/api/integrations/health"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(
                                """
                {"status": "DEGRADED", "database": {"status": "UP"}, "queue": {"runningSyncs": 0, "unindexedTickets": 3},
                 "integrations": [
                  {"projectId": %1$d, "type": "jira", "status": "DOWN", "error": "Jira refuses the credential.", "circuit": "OPEN"},
                  {"projectId": %1$d, "type": "github", "status": "UP", "dataAgeSeconds": 0, "circuit": "CLOSED",
                   "rateLimit": {"limit": 5000, "remaining": 4000, "resetAt": "2026-01-31T12:00:00Z"}}]}"""
                                        .formatted(project))));
        signIn(tokenOf("VIEWER"));
        open("/health");
        assertThat(page.getByText("1 of 2 connections is down.")).isVisible();
        Locator jira = region(name + ", Jira");
        assertThat(jira.getByText("Jira refuses the credential.")).isVisible();
        assertThat(jira.getByText("no requests are sent")).isVisible();
        Locator github = region(name + ", GitHub");
        assertThat(github.getByText("4,000 of 5,000 left")).isVisible();
        assertThat(github.getByText(Pattern.compile("^reset "))).isVisible();
        assertThat(github.getByText("0 ms")).hasCount(0);
        assertThat(page.locator(".tile").getByText("Tickets not indexed yet")).isVisible();
        isAccessible();
    }
}
