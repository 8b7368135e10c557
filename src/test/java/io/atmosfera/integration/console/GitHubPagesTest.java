package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What was collected from a repository, as people look at it. */
class GitHubPagesTest extends GitHubConsoleTest {

    private static final String MARKUP = "<img src=x onerror=document.title=1><b>bold</b>";

    @Test
    void commitsAreFilteredAndThoseThatNoBranchLeadsToSaySo() {
        repository.branch("feature/DEMO-2-cart");
        String kept = repository.commit("feature/DEMO-2-cart", "DEMO-2 Keep the cart", "src/Cart.java");
        repository.commit("feature/DEMO-2-cart", "Thrown away", "src/Gone.java");
        long project = collected();
        repository.rewind("feature/DEMO-2-cart");
        collect(project);
        signIn(tokenOf("VIEWER"));
        open(inside(project, "/commits"));

        assertThat(row("Thrown away").getByText("Unreachable")).isVisible();
        assertThat(row("DEMO-2 Keep the cart").getByText("Unreachable")).hasCount(0);
        assertThat(row("DEMO-2 Keep the cart").getByText("+1")).isVisible();
        row("DEMO-2 Keep the cart").getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.STATUS).getByText(Pattern.compile("copied|copy it")))
                .isVisible();

        page.getByLabel("Path").fill("src_Cart.java");
        assertThat(page.getByText("1 commit", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        page.getByLabel("Author").fill("nobody");
        assertThat(page.getByText("No commit matches")).isVisible();
        button("Clear filters").first().click();
        assertThat(row("Thrown away")).isVisible();

        link(kept.substring(0, 8)).click();
        Locator panel = panel("Commit " + kept.substring(0, 8));
        assertThat(panel.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("DEMO-2")))
                .isVisible();
        assertThat(panel.locator(".searched mark.linked")).hasText("DEMO-2");
        page.keyboard().press("Escape");
        assertThat(link(kept.substring(0, 8))).isFocused();
        row("DEMO-2 Keep the cart")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName("DEMO-2").setExact(true))
                .click();
        assertThat(panel("Ticket DEMO-2").getByText("1 commit")).isVisible();
    }

    @Test
    void aPullRequestIsShownWithWhyItIsLinked() {
        repository.pull(pull(7, "Keep the cart for DEMO-1", "feature/DEMO-2-cart", "open"));
        repository.pull(pull(8, "Something else", "else", "closed"));
        long project = collected();
        signIn(tokenOf("VIEWER"));
        open(inside(project, "/pulls"));
        assertThat(row("Something else").getByText("Closed")).isVisible();
        page.getByLabel("Author").fill("nobody");
        assertThat(page.getByText("No pull request matches")).isVisible();
        button("Clear filters").first().click();
        page.getByLabel("Label").fill("cart");
        page.getByLabel("Ticket").fill("DEMO-2");
        assertThat(row("Something else")).hasCount(0);
        assertThat(row("Keep the cart").getByText("2 May 2024, 10:00")).isVisible();
        button("Clear filters").first().click();

        page.getByLabel("State").selectOption("open");
        assertThat(row("Something else")).hasCount(0);
        page.waitForURL(Pattern.compile("state=open"));
        link("#7").click();
        Locator panel = panel("Pull request 7");
        assertThat(panel.getByText("feature/DEMO-2-cart").first()).isVisible();
        assertThat(panel.locator(".searched mark.linked").getByText("DEMO-1")).isVisible();
        assertThat(panel.locator(".searched mark.rejected")).hasText(new String[] {"DEMO-3", "NONE-1"});
        assertThat(panel.getByText("the key is inside a longer word")).isVisible();
        assertThat(panel.getByText("NONE is no project key here")).isVisible();
    }

    @Test
    void withoutDetailsAPullRequestShowsWhatTheListKnows() {
        repository.pull(pull(7, "Keep the cart", "cart", "open"));
        long project = collected();
        page.route("**/github-pulls/*", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        signIn(ADMIN);
        open(inside(project, "/pulls?pull=7"));
        Locator panel = panel("Pull request 7");
        assertThat(panel.getByText("Its reviews, files and commits have not been collected."))
                .isVisible();
        assertThat(panel.getByText("mona")).isVisible();
        open(inside(project, "/pulls?pull=8"));
        assertThat(panel("Pull request 8").getByText("Pull request not found")).isVisible();
    }

    @Test
    void theDetailsOfAPullRequestAreItsReviewsChecksFilesAndCommits() {
        repository.pull(pull(7, "Keep the cart", "cart", "open"));
        long project = collected();
        page.route(
                "**/github-pulls/7",
                route -> route.fulfill(
                        new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(
                                        """
                {"number": 7, "title": "Keep the cart", "state": "open", "author": "mona", "reviewDecision": "changes_requested",
                 "additions": 12, "deletions": 3, "changedFiles": 1, "checks": {"state": "failure", "total": 2, "failed": 1},
                 "checkRuns": [{"name": "build", "status": "completed", "conclusion": "failure"}],
                 "reviews": [{"reviewer": "ada", "state": "changes_requested", "submittedAt": "2026-01-01T00:00:00Z", "body": "Not so"}],
                 "files": [{"path": "src/Cart.java", "status": "modified", "additions": 12, "deletions": 3}],
                 "commits": [{"sha": "abcdef1234567890", "message": "Keep it\\n\\nLong", "author": "Ada"}]}""")));
        signIn(ADMIN);
        open(inside(project, "/pulls?pull=7"));

        Locator panel = panel("Pull request 7");
        assertThat(panel.getByText("Changes requested")).hasCount(2);
        assertThat(panel.getByText("Not so")).isVisible();
        assertThat(panel.getByText("1 of 2 failed")).isVisible();
        assertThat(panel.getByText("src/Cart.java")).isVisible();
        assertThat(panel.getByText("+12 −3 in 1 file")).isVisible();
        assertThat(panel.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("abcdef12")))
                .isVisible();
    }

    @Test
    void theOtherListsShowWhatThereIs() {
        fill();
        long project = collected();
        signIn(ADMIN);
        open(inside(project, "/branches"));
        assertThat(row("main").getByText("Default")).isVisible();
        assertThat(row("main").getByText("Protected")).isVisible();
        assertThat(row("main").getByText("Stale")).hasCount(0);
        assertThat(row("feature/DEMO-2-cart").getByText("Stale")).isVisible();
        assertThat(row("feature/DEMO-2-cart").getByText("DEMO-2", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();

        tab("Releases").click();
        assertThat(row("v1.0").getByText("Pre-release")).isVisible();
        tab("Issues").click();
        assertThat(row("As slow as DEMO-1").getByText("Open", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        tab("Workflow runs").click();
        assertThat(row("Build it").getByText("Failed")).isVisible();
        assertThat(row("Build it").getByText("1 min 30 s")).isVisible();
        page.getByLabel("State").selectOption("success");
        assertThat(page.getByText("No workflow run matches")).isVisible();
        page.getByLabel("State").selectOption("failure");
        field("Branch").fill("main");
        field("Workflow").fill("Build it");
        field("Event").fill("push");
        page.waitForURL(Pattern.compile("(?=.*outcome=failure)(?=.*event=push)(?=.*name=Build)"));
        assertThat(row("Build it").getByText("1 May 2024, 10:00")).isVisible();
    }

    @Test
    void aKindThatIsNotCollectedSaysSo() {
        long project = project();
        page.route("**/github-deployments*", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        signIn(ADMIN);
        open(inside(project, "/deployments"));
        assertThat(page.getByText("This platform does not collect deployments."))
                .isVisible();
    }

    @Test
    void markupFromGitHubStaysText() {
        repository.branch("x/" + MARKUP.replace(' ', '-'));
        repository.commit("main", MARKUP + " DEMO-1", "src/A.java");
        repository.pull(pull(7, MARKUP + " DEMO-1", MARKUP.replace(' ', '-'), "open"));
        long project = collected();
        signIn(ADMIN);
        for (String address : List.of("/commits", "/pulls?pull=7", "/branches", "/links?pull=7")) {
            open(inside(project, address));
            assertThat(page.getByText("onerror=document.title=1").first()).isVisible();
            assertThat(page.locator("#console img, #console b")).hasCount(0);
        }
        open("/projects/" + project + "/tickets?ticket=DEMO-1");
        assertThat(panel("Ticket DEMO-1").getByText(MARKUP).first()).isVisible();
        assertThat(page.locator("#console img, #console b")).hasCount(0);
    }

    @Test
    void theTicketNamesItsPullRequestsAndCommits() {
        String sha = repository.commit("main", "DEMO-1 in a commit", "src/A.java");
        repository.pull(pull(7, "DEMO-1 in a title", "x", "open"));
        long project = collected();
        signIn(tokenOf("VIEWER"));
        open("/projects/" + project + "/tickets?ticket=DEMO-1");
        Locator ticket = panel("Ticket DEMO-1");
        assertThat(ticket.getByText("DEMO-1 in a title")).isVisible();
        assertThat(ticket.getByText("Open", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(ticket.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(sha.substring(0, 8))))
                .isVisible();
        ticket.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("#7"))
                .click();
        assertThat(panel("Pull request 7")).isVisible();
    }

    @Test
    void whySomethingIsLinkedOrNotIsAskedByItsName() {
        repository.branch("feature/DEMO-2-cart");
        repository.commit("feature/DEMO-2-cart", "Begin", "src/Cart.java");
        long project = collected();
        signIn(tokenOf("VIEWER"));
        open(inside(project, "/branches"));
        row("feature/DEMO-2-cart")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Why"))
                .click();
        assertThat(heading("Links")).isVisible();
        assertThat(page.locator(".searched mark.linked")).hasText("DEMO-2");

        page.getByLabel("Type").selectOption("pull");
        page.getByLabel("Number, SHA or name").fill("seven");
        button("Explain").click();
        assertThat(page.getByText("Enter the number of a pull request.")).isVisible();
        assertThat(page.getByLabel("Number, SHA or name")).isFocused();
        page.getByLabel("Number, SHA or name").fill("#7");
        button("Explain").click();
        page.waitForURL(Pattern.compile("links\\?pull=7$"));
        assertThat(page.getByText("Pull request 7 does not exist")).isVisible();
    }

    @Test
    void aWebhookChangesTheRowThatOneLooksAtAndNothingElse() {
        for (int number = 1; number <= 30; number++) {
            repository.pull(pull(number, "Pull " + number, "branch-" + number, "open"));
        }
        long project = collected();
        signIn(ADMIN);
        open(inside(project, "/pulls?sort=number"));
        assertThat(row("Pull 30")).isVisible();
        assertThat(page.locator(".live .badge.good")).isVisible();
        page.evaluate("scrollTo(0, 600)");
        page.evaluate("getSelection().selectAllChildren(document.querySelector('tbody tr:last-child .clip'))");
        Object before = page.evaluate("scrollY");

        deliver(project, "pull_request", edited(pull(20, "Said again", "branch-20", "open")));

        assertThat(row("Said again")).isVisible();
        assertThat(page.evaluate("scrollY")).isEqualTo(before);
        assertThat(page.evaluate("String(getSelection())")).isEqualTo("Pull 30");
    }

    @Test
    void everyPageIsAccessible() {
        fill();
        long project = collected();
        signIn(ADMIN);
        for (String address : List.of(
                "",
                "/commits",
                "/pulls?pull=7",
                "/branches",
                "/tags",
                "/releases",
                "/issues",
                "/workflow-runs",
                "/deployments",
                "/links?pull=7")) {
            open(inside(project, address));
            assertThat(tab("Overview")).isVisible();
            assertThat(page.locator(".loading")).hasCount(0);
            isAccessible();
        }
        open("/projects/" + project + "/syncs?source=github");
        assertThat(region("Streams")).isVisible();
        isAccessible();
    }

    private void fill() {
        repository.branch("feature/DEMO-2-cart");
        repository.commit("feature/DEMO-2-cart", "DEMO-2 Keep the cart", "src/Cart.java");
        repository.pull(pull(7, "Keep the cart for DEMO-1", "feature/DEMO-2-cart", "open"));
        repository.release(
                """
                {"id": 1, "tag_name": "v1.0", "name": "One", "prerelease": true, "published_at": "2024-05-01T08:00:00Z",
                 "created_at": "2024-05-01T08:00:00Z", "html_url": "https://github.example/r"}""");
        repository.issue(
                """
                {"id": 5, "number": 5, "title": "As slow as DEMO-1", "state": "open", "user": {"login": "mona"}, "labels": [],
                 "created_at": "2024-05-01T08:00:00Z", "updated_at": "2024-05-01T08:00:00Z", "html_url": "https://github.example/i"}""");
        repository.run(
                """
                {"id": 9, "name": "Build it", "event": "push", "status": "completed", "conclusion": "failure", "head_branch": "main",
                 "head_sha": "aaaa", "run_attempt": 1, "run_started_at": "2024-05-01T08:00:00Z",
                 "created_at": "2024-05-01T08:00:00Z", "updated_at": "2024-05-01T08:01:30Z", "html_url": "https://github.example/w"}""");
    }
}
