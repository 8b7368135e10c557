package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.springframework.test.context.TestPropertySource;

/**
 * Ground for tests of the console: a tab of its own for every test, which leaves a picture under {@code target/console};
 * the tests of a class share the browser's cache. A test fails where the page breaks its own policy or throws. Without a Chromium on the machine
 * the tests are skipped.
 */
@TestPropertySource(
        properties = {
            "platform.routes-dir=examples/gitlab-issues/routes",
            "platform.outbound.circuit-breaker.sliding-window-size=1000",
            "platform.outbound.circuit-breaker.minimum-number-of-calls=1000",
            "platform.jira.backoff-ms=20",
            "platform.jira.max-backoff-ms=50",
            "platform.webhooks.coalesce=100ms",
            "platform.webhooks.retry-policy.max-attempts=2",
            "platform.webhooks.retry-policy.backoff-ms=50",
            "platform.webhooks.retry-policy.max-backoff-ms=50"
        })
abstract class ConsoleTest extends PlatformTest {

    private static final String SECRET = "a secret of the tests";
    private static final int PATIENCE_MILLIS = 40_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String AXE = axe();

    /** What the page was not allowed to do, and what it threw. */
    final List<String> faults = new ArrayList<>();

    private static @Nullable BrowserContext context;

    private final List<SimulatedJira> jiras = new ArrayList<>();

    Page page;

    @BeforeEach
    void openBrowser() {
        assumeTrue(Chromium.executable().isPresent(), "No Chromium here: apt-get install chromium, or set CHROMIUM");
        if (context == null) {
            context = Chromium.browser().newContext(window());
            context.setDefaultTimeout(PATIENCE_MILLIS);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onPageError(faults::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("Trusted")) {
                faults.add(message.text());
            }
        });
    }

    /** A window of a desk; narrower ones override this. */
    Browser.NewContextOptions window() {
        return new Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + port)
                .setViewportSize(1280, 860)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin");
    }

    @AfterEach
    void closePage(TestInfo test) {
        jiras.forEach(SimulatedJira::close);
        if (page != null) {
            String name = getClass().getSimpleName() + "-"
                    + test.getTestMethod().orElseThrow().getName();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console", name + ".png")));
            page.evaluate("location.origin !== 'null' && localStorage.clear()");
            page.close();
            assertThat(faults).isEmpty();
        }
    }

    @AfterAll
    static void closeBrowser() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    /** Opens the page and signs in, as a person would. */
    void signIn(String token) {
        page.navigate("/");
        page.getByLabel("Token").fill(token);
        button("Sign in").click();
        assertThat(heading("Projects")).isVisible();
    }

    /** Goes to an address within the console, such as {@code /projects/1/tickets}. */
    void open(String address) {
        page.evaluate("address => location.hash = address", address);
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field by the whole of its name. */
    Locator field(String name) {
        return page.getByLabel(name, new Page.GetByLabelOptions().setExact(true));
    }

    Locator region(String name) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }

    Locator row(String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    /** Holds that axe finds nothing on the page that would keep somebody out. */
    void isAccessible() {
        page.evaluate(AXE);
        assertThat(
                        (List<?>)
                                page.evaluate(
                                        """
                        async () => (await axe.run({resultTypes: ["violations"]})).violations
                            .map(({id, nodes}) => id + ": " + nodes.map(node => node.html).join(" "))"""))
                .as(page.url())
                .isEmpty();
    }

    private static String axe() {
        try (InputStream script = ConsoleTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a Jira that is closed when the test ends. */
    SimulatedJira jira(int issues) {
        SimulatedJira jira = SimulatedJira.start(
                SimulatedJira.Options.cloud().initialIssues(issues).maxPageSize(10));
        jiras.add(jira);
        return jira;
    }

    /** A project that is not connected with anything. */
    long project() {
        int number = NUMBER.incrementAndGet();
        Answer made = post(
                "/api/projects",
                ADMIN,
                """
                {"name": "Console %d", "key": "CON%d"}""".formatted(number, number));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asLong();
    }

    /** A project that is connected with Jira's project DEMO and synced by hand only. */
    long project(SimulatedJira jira) {
        long project = project();
        Answer saved = post(
                "/api/projects/" + project + "/jira-config",
                ADMIN,
                """
                {"jiraUrl": "%s", "email": "demo@example.com", "apiKey": "sandbox", "projectKey": "DEMO",
                 "autoSync": false, "webhookSecret": "%s"}"""
                        .formatted(jira.baseUri(), SECRET));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    /** Jira tells, signed, that an issue has changed, and leaves it to us to look how. Gives the event's id. */
    long webhook(long project, String key) {
        String jiraId = get("/api/projects/" + project + "/jira-tickets/" + key)
                .json()
                .path("jiraId")
                .asText();
        return webhook(
                project,
                """
                {"timestamp": %d, "webhookEvent": "jira:issue_updated", "issue": {"id": "%s", "key": "%s"}}"""
                        .formatted(System.currentTimeMillis(), jiraId, key)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Jira delivers a body, signed. Gives the event's id. */
    long webhook(long project, byte[] body) {
        Answer answer = send(HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/projects/" + project + "/jira-webhook"))
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature", "sha256=" + HexFormat.of().formatHex(hmac(body)))
                .header("X-Atlassian-Webhook-Identifier", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("eventId").asLong();
    }

    private static byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A project whose tickets are here already. */
    long synced(SimulatedJira jira) {
        long project = project(jira);
        Answer started = post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"full\"}");
        String log = "/api/projects/" + project + "/jira-sync-logs/"
                + started.json().path("syncId").asLong();
        await().until(() -> get(log).text().contains("\"completed\""));
        return project;
    }
}
