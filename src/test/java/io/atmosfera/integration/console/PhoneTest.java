package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The console on a phone, in the dark. */
class PhoneTest extends ConsoleTest {

    @Override
    Browser.NewContextOptions window() {
        return phone(super.window());
    }

    static Browser.NewContextOptions phone(Browser.NewContextOptions window) {
        return window.setViewportSize(390, 844)
                .setIsMobile(true)
                .setHasTouch(true)
                .setColorScheme(ColorScheme.DARK);
    }

    @Test
    void noPageIsWiderThanThePhone() {
        SimulatedJira jira = jira(5);
        jira.createIssue("DEMO", fields -> fields.put("summary", "W".repeat(250)));
        long project = synced(jira);
        signIn(ADMIN);
        String inside = "/projects/" + project;
        for (String address : List.of(
                "/",
                inside,
                inside + "/tickets",
                inside + "/tickets?ticket=DEMO-6",
                inside + "/syncs",
                inside + "/sources/gitlab",
                inside + "/syncs?source=gitlab",
                inside + "/mapping",
                inside + "/connections",
                "/webhooks",
                "/health",
                "/audit-log")) {
            open(address);
            assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
            assertThat(page.locator(".loading")).hasCount(0);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(address)
                    .isEqualTo(390);
        }
    }

    @Test
    void theMenuLeadsEverywhereAndTheColoursAreTheSystems() {
        signIn(ADMIN);
        assertThat(page.locator("html")).hasAttribute("data-colours", "dark");
        assertThat(link("Health")).isHidden();
        button("Menu").click();
        assertThat(button("Menu")).hasAttribute("aria-expanded", "true");
        button("Switch to light colours").click();
        assertThat(page.locator("html")).hasAttribute("data-colours", "light");
        link("Health").click();
        assertThat(heading("Health")).isVisible();
        assertThat(link("Health")).isHidden();
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-colours", "light");
    }
}
