package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Who gets into the console, and what it keeps of the token. */
class SignInTest extends ConsoleTest {

    @Test
    void aWrongTokenIsRefusedAtItsField() {
        page.navigate("/");
        page.getByLabel("Token").fill("atm_wrong");
        button("Sign in").click();

        assertThat(page.getByText("This token is unknown or has expired.")).isVisible();
        assertThat(page.getByLabel("Token")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("Token")).isFocused();
    }

    @Test
    void aRightTokenShowsTheProjects() {
        long project = project();
        signIn(ADMIN);

        String name = get("/api/projects/" + project).json().path("name").asText();
        assertThat(link(name)).isVisible();
    }

    @Test
    void theKeyboardIsEnough() {
        long project = project();
        String name = get("/api/projects/" + project).json().path("name").asText();
        page.navigate("/");
        assertThat(page.getByLabel("Token")).isFocused();
        page.keyboard().type(ADMIN);
        page.keyboard().press("Enter");
        assertThat(heading("Projects")).isFocused();
        assertThat(link(name)).isVisible();

        page.keyboard().press("Shift+Tab");
        for (int steps = 0; steps < 40 && !focused().equals("Skip to the content"); steps++) {
            page.keyboard().press("Shift+Tab");
        }
        assertThat(focused()).isEqualTo("Skip to the content");
        page.keyboard().press("Enter");
        for (int steps = 0; steps < 400 && !focused().equals(name); steps++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(heading(name)).isFocused();
    }

    @Test
    void whatHasTheFocusShowsIt() {
        page.navigate("/");
        assertThat(page.getByLabel("Token")).isFocused();
        page.keyboard().press("Tab");
        assertThat(button("Sign in")).isFocused();
        assertThat(button("Sign in")).hasCSS("outline-style", "solid");
    }

    @Test
    void theTokenIsKeptInThisTabOnlyAndForgottenWhenSigningOut() {
        signIn(ADMIN);
        page.reload();
        assertThat(heading("Projects")).isVisible();
        assertThat(page.url()).doesNotContain(ADMIN);
        assertThat(page.evaluate("JSON.stringify(localStorage) + document.cookie")
                        .toString())
                .doesNotContain(ADMIN);

        button("Sign out").click();
        assertThat(heading("Sign in")).isVisible();
        assertThat(page.evaluate("JSON.stringify(sessionStorage)").toString()).doesNotContain(ADMIN);
    }

    @Test
    void aTokenThatEndsLeadsBackToTheSignInAndThenToTheSamePlace() {
        long project = project();
        JsonNode made = post("/api/admin/tokens", ADMIN, "{\"name\": \"short\", \"role\": \"VIEWER\"}")
                .json();
        signIn(made.path("token").asText());
        delete("/api/admin/tokens/" + made.path("id").asLong(), ADMIN);
        open("/projects/" + project + "/tickets");

        assertThat(page.getByText("Your session is no longer valid.")).isVisible();
        page.getByLabel("Token").fill(ADMIN);
        button("Sign in").click();
        assertThat(heading("Tickets")).isVisible();
    }

    @Test
    void aViewerIsOfferedNothingThatTakesMore() {
        long project = project(jira(1));
        signIn(tokenOf("VIEWER"));
        assertThat(button("New project")).hasCount(0);
        assertThat(link("Audit log")).hasCount(0);

        open("/projects/" + project + "/connections");
        assertThat(page.getByText("demo@example.com")).isVisible();
        assertThat(button("Save")).hasCount(0);

        open("/projects/" + project + "/syncs");
        assertThat(heading("Syncs")).isVisible();
        assertThat(button("Sync now")).hasCount(0);
    }

    @Test
    void whatDoesNotComeFromHereIsNotRun() {
        signIn(ADMIN);
        page.evaluate(
                """
                () => {
                    const script = document.createElement("script");
                    script.append("window.ran = true");
                    document.body.append(script);
                }""");
        assertThat(page.evaluate("window.ran")).isNull();
        assertThat(page.evaluate(
                        "() => { try { document.body.innerHTML = '<p>'; return 'set' } catch { return 'refused' } }"))
                .isEqualTo("refused");
        page.waitForCondition(() -> faults.size() >= 2);
        assertThat(faults).allMatch(fault -> fault.contains("Content Security Policy") || fault.contains("Trusted"));
        faults.clear();
    }

    @Test
    void everyPartOfThePageHasItsLandmark() {
        signIn(ADMIN);
        for (AriaRole role : new AriaRole[] {AriaRole.BANNER, AriaRole.NAVIGATION, AriaRole.MAIN}) {
            assertThat(page.getByRole(role)).hasCount(1);
        }
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasCount(1);
    }

    private String focused() {
        return String.valueOf(page.evaluate("document.activeElement.textContent.trim()"));
    }
}
