package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.integration.github.StandInGitHub;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A project is connected with Jira in the browser, and its fields are mapped. */
class ConnectionsPageTest extends ConsoleTest {

    @Test
    void aProjectIsMadeAndConnected() {
        SimulatedJira jira = jira(1);
        signIn(ADMIN);
        button("New project").first().click();
        page.getByLabel("Name").fill("Harbour");
        page.getByLabel("Key").fill("harbour");
        button("Create project").click();
        assertThat(page.getByText("Use two to ten capital letters or digits")).isVisible();
        page.getByLabel("Key").fill("HARBOUR");
        button("Create project").click();
        assertThat(heading("Connections")).isVisible();

        Locator form = region("Jira");
        field("Jira URL").fill(jira.baseUri().toString());
        form.getByLabel("Email").fill("demo@example.com");
        form.getByLabel("API token").fill("wrong");
        form.getByLabel("Jira project key").fill("DEMO");
        press(form, "Test connection");
        assertThat(form.getByText("Jira refuses the credential")).isVisible();

        form.getByLabel("API token").fill("sandbox");
        press(form, "Test connection");
        assertThat(form.getByText("Connection works:")).isVisible();
        press(form, "Save");
        assertThat(form.getByText("/jira-webhook")).isVisible();
        assertThat(form.getByLabel("API token")).hasValue("");
        assertThat(form.getByLabel("API token")).hasAttribute("placeholder", "Stored. Leave empty to keep it.");
    }

    @Test
    void whatIsWrongStandsAtTheFieldThatThePlatformNames() {
        long project = project(jira(1));
        signIn(ADMIN);
        open("/projects/" + project + "/connections");
        Locator form = region("Jira");
        form.getByLabel("Sync interval (minutes)").fill("0");
        press(form, "Save");
        assertThat(form.getByText("must be at least 1")).isVisible();
        assertThat(form.getByLabel("Sync interval (minutes)")).isFocused();
        assertThat(form.getByLabel("Sync interval (minutes)")).hasAttribute("aria-invalid", "true");

        form.getByLabel("Sync interval (minutes)").fill("30");
        field("Jira URL").fill("http://10.0.0.1");
        press(form, "Save");
        assertThat(field("Jira URL")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void gitHubIsConnectedBesideJira() {
        long project = project();
        signIn(ADMIN);
        open("/projects/" + project + "/connections");
        Locator form = region("GitHub");
        form.getByLabel("Repository").fill("acme/..");
        form.getByLabel("Access token").fill("token");
        press(form, "Save");
        assertThat(form.getByLabel("Repository")).hasAttribute("aria-invalid", "true");

        form.getByLabel("Repository").fill("acme/shop");
        form.getByLabel("API URL").fill("http://127.0.0.1:9");
        press(form, "Test connection");
        assertThat(form.getByText("GitHub connection failed:")).isVisible();
        press(form, "Generate");
        press(form, "Save");
        assertThat(form.getByText("/github-webhook", new Locator.GetByTextOptions().setExact(false))
                        .first())
                .isVisible();
        assertThat(get("/api/projects/" + project + "/github-config")
                        .json()
                        .path("webhookSecretSet")
                        .asBoolean())
                .isTrue();

        press(form, "Remove");
        press(page.getByRole(AriaRole.DIALOG), "Remove connection");
        assertThat(form.getByText("/github-webhook")).hasCount(0);
    }

    @Test
    void gitHubIsConnectedByAnAppAndShowsWhatItAllows() throws GeneralSecurityException {
        try (StandInGitHub github = StandInGitHub.start()) {
            github.hasRepository();
            github.otherwise(request -> Reply.json("[]"));
            github.on("GET /repos/octo/hello/installation", Reply.json("{\"id\": 77}"));
            github.on("POST /app/installations/77/access_tokens", Reply.json("{\"token\": \"ghs_1\"}"));
            github.on("GET /repos/octo/hello/commits/main/check-runs", Reply.status(403, "Resource not accessible"));
            long project = project();
            signIn(ADMIN);
            open("/projects/" + project + "/connections");
            Locator form = region("GitHub");
            form.getByLabel("Repository").fill("octo/hello");
            form.getByLabel("API URL").fill(github.url());
            form.getByText("GitHub App").click();
            assertThat(form.getByLabel("Access token")).hasCount(0);
            form.getByLabel("App ID").fill("12345");
            form.getByLabel("Private key").fill("no key");
            press(form, "Save");
            assertThat(form.getByLabel("Private key")).hasAttribute("aria-invalid", "true");
            assertThat(form.getByText("must be the App's private key in PEM")).isVisible();

            form.getByLabel("Private key").fill(privateKey());
            press(form, "Test connection");
            assertThat(form.getByText("Connection works:")).isVisible();
            assertThat(form.getByText("Check runs are not collected: the token lacks Checks: read."))
                    .isVisible();
            press(form, "Save");
            assertThat(form.getByLabel("Private key")).hasAttribute("placeholder", "Stored. Leave empty to keep it.");
            assertThat(form.getByLabel("App ID")).hasValue("12345");
            assertThat(form.getByLabel("Private key")).hasValue("");
        }
    }

    private static String privateKey() throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void aWrongExpressionShowsItsPlaceAndARightOneItsValue() {
        SimulatedJira jira = jira(2);
        long project = synced(jira);
        patch("/api/projects/" + project + "/jira-config", ADMIN, "{\"remoteLinks\": \"write\"}");
        signIn(ADMIN);
        open("/projects/" + project + "/mapping");
        button("Add row").click();
        field("Target").fill("customFields.state");
        field("Expression (jq)").fill(".fields.status.name | foo");
        button("Preview").click();
        assertThat(page.getByText("there is no function foo at line 1, column 23"))
                .isVisible();
        assertThat(page.locator(".pointer mark")).hasText("f");
        assertThat(field("Expression (jq)")).isFocused();

        field("Expression (jq)").fill(".fields.status.name | ascii_upcase");
        field("Ticket (optional)").fill("DEMO-1");
        button("Preview").click();
        String status = get("/api/projects/" + project + "/jira-tickets/DEMO-1")
                .json()
                .path("status")
                .asText();
        assertThat(region("Preview").locator(".changed-value")).hasText(status.toUpperCase(Locale.ROOT));

        // Another page and a reload lose nothing of what is not saved yet.
        open("/projects/" + project + "/tickets");
        assertThat(heading("Tickets")).isVisible();
        page.reload();
        open("/projects/" + project + "/mapping");
        assertThat(field("Expression (jq)")).hasValue(".fields.status.name | ascii_upcase");

        button("Save").click();
        assertThat(page.getByText("Mapping saved.")).isVisible();
        assertThat(get("/api/projects/" + project + "/jira-config")
                        .json()
                        .path("fieldMappings")
                        .path("customFields.state")
                        .asText())
                .isEqualTo(".fields.status.name | ascii_upcase");
        assertThat(get("/api/projects/" + project + "/jira-config")
                        .json()
                        .path("remoteLinks")
                        .asText())
                .as("what the page does not show stays")
                .isEqualTo("write");
    }

    private static void press(Locator form, String name) {
        form.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
