package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A repository at a glance, and its syncs. */
class GitHubOverviewTest extends GitHubConsoleTest {

    /** The analysis is made elsewhere; here it is about how it is shown. */
    private void analysed() {
        page.route(
                Pattern.compile("/github-analysis"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(analysis())));
    }

    private static String analysis() {
        try (InputStream json = GitHubOverviewTest.class.getResourceAsStream("/console/github-analysis.json")) {
            return new String(Objects.requireNonNull(json).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutARepositoryThePagesSayHowToConnectOne() {
        long project = project();
        signIn(ADMIN);
        for (String address :
                List.of("", "/commits", "/pulls", "/branches", "/releases", "/issues", "/workflow-runs")) {
            open(inside(project, address));
            assertThat(page.getByText("No repository connected")).isVisible();
        }
        link("Open connections").click();
        assertThat(heading("Connections")).isVisible();
    }

    @Test
    void aSyncIsStartedAndItsStreamsAreShown() {
        long project = project();
        connect(project);
        page.route(
                Pattern.compile("/github-analysis"), route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        signIn(tokenOf("MANAGER"));
        open(inside(project, ""));
        assertThat(page.getByText("No analysis yet")).isVisible();
        assertThat(region("Repository").getByText(repository.name())).isVisible();
        Locator latest = region("Latest sync");
        assertThat(latest.getByText("No sync yet")).isVisible();

        button("Sync now").click();
        assertThat(latest.getByText("Completed", new Locator.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat(row("Pull requests").getByText("Completed")).isVisible();
        assertThat(latest.getByText(Pattern.compile("\\d+ requests"))).isVisible();

        latest.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("All syncs"))
                .click();
        assertThat(heading("Syncs")).isVisible();
        assertThat(region("History").getByRole(AriaRole.ROW)).hasCount(2);
        region("History").getByRole(AriaRole.LINK).first().click();
        assertThat(page.getByRole(AriaRole.COMPLEMENTARY).getByText("Pull requests"))
                .isVisible();
        link("Jira").click();
        assertThat(page.getByText("Connect the project to Jira, then start a sync."))
                .isVisible();
    }

    @Test
    void aViewerStartsNoSync() {
        long project = project();
        connect(project);
        signIn(tokenOf("VIEWER"));
        open(inside(project, ""));
        assertThat(region("Latest sync").getByText("No sync yet")).isVisible();
        assertThat(button("Sync now")).hasCount(0);
    }

    @Test
    void theAnalysisIsShownWithItsReasons() {
        long project = project();
        connect(project);
        analysed();
        signIn(tokenOf("VIEWER"));
        open(inside(project, ""));

        assertThat(region("Repository").getByText("Deep: file contents as well"))
                .isVisible();
        assertThat(region("Languages").getByText("Java")).isVisible();
        assertThat(region("Languages").locator(".shares span")).hasCount(2);
        assertThat(page.locator("figure canvas")).hasCount(1);
        assertThat(page.getByRole(AriaRole.IMG).first())
                .hasAttribute("aria-label", Pattern.compile("12 commits in 2 weeks"));
        assertThat(region("Pull requests").getByText("19 h 30 min")).isVisible();
        assertThat(region("Releases").getByText("13.5 days")).isVisible();
        assertThat(region("Branching").getByText("GitHub flow")).isVisible();
        assertThat(region("Branching").getByText("Short branches are merged by pull requests."))
                .isVisible();
        assertThat(region("Branching").getByText("Stale", new Locator.GetByTextOptions().setExact(true)))
                .hasCount(2);
        assertThat(region("Complexity hotspots").getByText("src/Cart.java")).isVisible();
        page.locator("summary").getByText("Largest files without tests (1)").click();
        assertThat(region("Tests (estimate)").getByText("src/Untested.java")).isVisible();
        assertThat(region("Ownership").getByText("50 %")).isVisible();
        assertThat(region("Architecture").getByText("catalog", new Locator.GetByTextOptions().setExact(true)))
                .hasCount(2);
        assertThat(row("labels").getByText("not read")).hasCount(2);
        assertThat(page.getByText("Older commits are still to be read.")).isVisible();
        assertThat(region("Files").getByText("Without 12 generated, 3 vendored files"))
                .isVisible();
        assertThat(region("Changes since the previous analysis").getByText("+12.3 kB"))
                .isVisible();
        assertThat(region("Changes since the previous analysis").getByText("carol"))
                .isVisible();
        isAccessible();
    }

    @Test
    void aLongListShowsTenRowsAndAllOnDemand() {
        long project = project();
        connect(project);
        String hotspots = IntStream.rangeClosed(1, 25)
                .mapToObj("{\"path\": \"src/File%d.java\", \"score\": 1}"::formatted)
                .collect(Collectors.joining(","));
        page.route(
                Pattern.compile("/github-analysis"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"structure\": {}, \"analysis\": {\"complexity\": {\"hotspots\": [%s]}}}"
                                .formatted(hotspots))));
        signIn(ADMIN);
        open(inside(project, ""));
        Locator section = region("Complexity hotspots");
        assertThat(section.locator("tbody tr")).hasCount(10);
        button("Show all 25").click();
        assertThat(section.locator("tbody tr")).hasCount(25);
        assertThat(button("Show all 25")).hasCount(0);
    }

    @Test
    void whatTheAnalysisDoesNotKnowIsLeftOut() {
        long project = project();
        connect(project);
        page.route(
                Pattern.compile("/github-analysis"),
                route -> route.fulfill(
                        new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(
                                        "{\"repository\": \"octo/hello\", \"languages\": {}, \"structure\": {\"files\": 3}, \"analysis\": {}}")));
        signIn(ADMIN);
        open(inside(project, ""));
        assertThat(page.locator(".tile")).hasCount(1);
        assertThat(region("Complexity hotspots")).hasCount(0);
        assertThat(region("Activity")).hasCount(0);
    }
}
