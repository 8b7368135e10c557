package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages about a repository on a phone, in the dark. */
class GitHubPhoneTest extends GitHubConsoleTest {

    @Override
    Browser.NewContextOptions window() {
        return PhoneTest.phone(super.window());
    }

    @Test
    void noPageIsWiderThanThePhoneAndEachIsAccessible() {
        repository.branch("feature/DEMO-2-" + "long-".repeat(20));
        repository.commit("main", "W".repeat(250) + " DEMO-1", "src/A.java");
        repository.pull(pull(7, "W".repeat(250) + " DEMO-1", "b".repeat(200), "open"));
        long project = collected();
        signIn(ADMIN);
        for (String address : List.of(
                inside(project, ""),
                inside(project, "/commits"),
                inside(project, "/pulls"),
                inside(project, "/pulls?pull=7"),
                inside(project, "/branches"),
                inside(project, "/workflow-runs"),
                inside(project, "/links?pull=7"),
                "/projects/" + project + "/tickets?ticket=DEMO-1",
                "/projects/" + project + "/syncs?source=github")) {
            open(address);
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.locator(".loading")).hasCount(0);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(address)
                    .isEqualTo(390);
            isAccessible();
        }
        assertThat(page.locator("html")).hasAttribute("data-colours", "dark");
    }
}
