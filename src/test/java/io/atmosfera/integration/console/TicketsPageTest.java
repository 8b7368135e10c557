package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tickets: what is shown of them, and that it is only ever text. */
class TicketsPageTest extends ConsoleTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>";

    @Test
    void markupFromJiraStaysText() {
        SimulatedJira jira = jira(1);
        String key = jira.createIssue("DEMO", fields -> {
            fields.put("summary", MARKUP);
            fields.put("description", MARKUP + " javascript:alert(1)");
            fields.putArray("labels").add("<script>alert(1)</script>");
            fields.putObject("priority").put("name", "High");
        });
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        assertThat(row(MARKUP)).isVisible();

        link(key).click();
        Locator panel = panel(key);
        assertThat(panel.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2)))
                .hasText(MARKUP);
        assertThat(panel.getByText("javascript:alert(1)")).isVisible();
        assertThat(panel.getByText("<script>alert(1)</script>")).isVisible();
        assertThat(page.locator("#console img, #console b, #console script")).hasCount(0);
        assertThat(page).hasTitle("Tickets · ATMosFera");
    }

    @Test
    void wikiMarkupIsShownAsWhatItMeans() {
        SimulatedJira jira = jira(1);
        String key = jira.createIssue(
                "DEMO",
                fields -> fields.put("summary", "Markup")
                        .put(
                                "description",
                                """
                        h2. Steps
                        # open *the shop*
                        # see {{500}}
                        {code:java}
                        int *a = 1;
                        {code}
                        [the log|https://example.com/log] and [bad|javascript:alert(1)]"""));
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets?ticket=" + key);

        Locator text = page.locator(".wiki");
        assertThat(text.locator(".wiki-heading")).hasText("Steps");
        assertThat(text.locator("li")).hasText(new String[] {"open the shop", "see 500"});
        assertThat(text.locator("strong")).hasText("the shop");
        assertThat(text.locator("pre")).hasText("int *a = 1;");
        assertThat(text.locator("a")).hasCount(1);
        assertThat(text.locator("a")).hasAttribute("href", "https://example.com/log");
        assertThat(text.getByText("bad")).isVisible();
    }

    @Test
    void filtersStandInTheAddressSoThatTheyCanBeSentOn() {
        SimulatedJira jira = jira(12);
        String key = jira.createIssue("DEMO", fields -> fields.put("summary", "Zeppelin over the harbour"));
        jira.transitionIssue(key, "Done");
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        assertThat(page.getByText("13 tickets")).isVisible();

        page.getByLabel("Search").fill("zeppelin");
        assertThat(page.getByText("1 ticket", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        field("Status").fill("Done");
        page.waitForURL(Pattern.compile("search=zeppelin&status=Done"));
        assertThat(row("Zeppelin")).isVisible();

        page.reload();
        assertThat(page.getByLabel("Search")).hasValue("zeppelin");
        assertThat(row("Zeppelin")).isVisible();

        field("Status").fill("Nowhere");
        assertThat(page.getByText("No ticket matches")).isVisible();
        button("Clear filters").first().click();
        assertThat(page.getByText("13 tickets")).isVisible();
    }

    @Test
    void whatIsNotCountedToItsEndIsCalledAnEstimate() {
        long project = project();
        jdbc.sql(
                        """
                        INSERT INTO jira_tickets (project_id, jira_id, jira_key, summary, status, content_hash)
                        SELECT ?, n, 'MANY-' || n, 'Ticket ' || n, 'To Do', n FROM generate_series(1, 12000) n
                        """)
                .param(project)
                .update();
        jdbc.sql("ANALYZE jira_tickets").update();
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        assertThat(page.getByText(Pattern.compile("^1–50 of about 1[0-9],000 tickets$")))
                .isVisible();
        open("/projects/" + project);
        assertThat(page.getByText(Pattern.compile("^about 1[0-9],000$"))).isVisible();
        jdbc.sql("DELETE FROM jira_tickets WHERE project_id = ?").param(project).update();
    }

    @Test
    void onePageFollowsTheOther() {
        long project = synced(jira(60));
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        assertThat(page.getByText("1–50 of 60 tickets")).isVisible();
        button("Next").click();
        assertThat(page.getByText("51–60 of 60 tickets")).isVisible();
        assertThat(button("Next")).isDisabled();
        button("Previous").click();
        assertThat(page.getByText("1–50 of 60 tickets")).isVisible();

        page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Key"))
                .getByRole(AriaRole.BUTTON)
                .click();
        assertThat(page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Key")))
                .hasAttribute("aria-sort", "descending");
    }

    @Test
    void theDetailsHoldHistoryAndEscapeGivesTheFocusBack() {
        SimulatedJira jira = jira(3);
        jira.transitionIssue("DEMO-2", "In Progress");
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        link("DEMO-2").focus();
        page.keyboard().press("Enter");
        Locator panel = panel("DEMO-2");
        assertThat(panel.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2)))
                .isFocused();
        assertThat(panel.getByText("Synced", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(panel.locator("ins").getByText("In Progress").first()).isVisible();

        page.keyboard().press("Escape");
        assertThat(panel).hasCount(0);
        assertThat(link("DEMO-2")).isFocused();
    }

    @Test
    void timesAreTheViewersAndExactOnHovering() {
        SimulatedJira jira = jira(0);
        jira.createIssue("DEMO", fields -> {
            fields.put("created", "2026-01-15T11:00:00.000+0000");
            fields.put("updated", "2026-01-15T12:00:00.000+0000");
        });
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets");
        Locator time = row("DEMO-").locator("time");
        assertThat(time).hasAttribute("title", Pattern.compile("13:00:00.*CET.*2026-01-15T12:00:00"));
    }

    @Test
    void fieldsHaveJirasNamesAndTimesTheirHours() {
        SimulatedJira jira = jira(0);
        String key = jira.createIssue("DEMO", fields -> {
            fields.put("duedate", "2026-03-31");
            fields.put("updated", "2026-01-15T12:00:00.000+0000");
        });
        jira.transitionIssue(key, "In Progress");
        long project = synced(jira);
        signIn(ADMIN);
        open("/projects/" + project + "/tickets?ticket=" + key);
        Locator panel = panel(key);
        assertThat(panel.locator("dt").getByText("Due date")).isVisible();
        assertThat(panel.getByText("31 Mar 2026")).isVisible();
        assertThat(panel.locator("dt").getByText("Issue type")).isVisible();
        assertThat(panel.locator(".history").getByText("Status: ")).isVisible();
        // "15 Jan, 13:00", or with its year once that is over.
        assertThat(
                        (String)
                                page.evaluate(
                                        "async () => (await import(document.querySelector('script[type=module]').src.replace('main.js', 'time.js'))).ago('2026-01-15T12:00:00Z', Date.parse('2026-11-30'))"))
                .isEqualTo("15 Jan, 13:00");
    }

    @Test
    void aDeletedTicketSaysWhyItIsMarked() {
        SimulatedJira jira = jira(3);
        long project = synced(jira);
        jira.deleteIssue("DEMO-2");
        post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"full\", \"confirmDeletions\": true}");
        signIn(ADMIN);
        open("/projects/" + project + "/tickets?syncStatus=deleted");
        assertThat(row("DEMO-2")).isVisible();
        link("DEMO-2").click();
        assertThat(panel("DEMO-2").getByText("The issue was deleted in Jira.")).isVisible();
    }

    private Locator panel(String key) {
        return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Ticket " + key));
    }
}
