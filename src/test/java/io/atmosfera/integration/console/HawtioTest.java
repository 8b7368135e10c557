package io.atmosfera.integration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.atmosfera.integration.Answer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Hawtio opens, shows every route with what it does, and stops and starts one. */
@TestPropertySource(properties = "camel.main.jmx-enabled=true")
class HawtioTest extends ConsoleTest {

    private static final String ROUTE = "audit-log-api";

    @Autowired
    private CamelContext camel;

    @Override
    Browser.NewContextOptions window() {
        return super.window().setHttpCredentials("token", ADMIN);
    }

    /** Hawtio asks about one route after another for its table, which a busy machine feels. */
    @BeforeEach
    void waitLonger() {
        page.setDefaultTimeout(120_000);
    }

    @Test
    void opensWithTheRoutesAndStopsAndStartsOne() {
        List<String> refused = new ArrayList<>();
        page.onResponse(answer -> {
            if (answer.status() >= 400) {
                refused.add(answer.status() + " " + answer.url());
            }
        });
        page.navigate("/actuator/hawtio");
        named("routes").click();
        Locator row = row(ROUTE);
        ContainsTextOptions patient = new ContainsTextOptions().setTimeout(120_000);
        assertThat(row).containsText("Started", patient);

        row.getByRole(AriaRole.CHECKBOX).check();
        button("Stop").click();
        reaches(ServiceStatus.Stopped);
        assertThat(row).containsText("Stopped", patient);

        row.getByRole(AriaRole.CHECKBOX).check();
        button("Start").click();
        reaches(ServiceStatus.Started);
        assertThat(row).containsText("Started", patient);
        assertThat(refused).isEmpty();
    }

    @Test
    void theBrowserKeepsItsScripts() {
        String first = get("/actuator/hawtio/", ADMIN).text();
        Matcher script = Pattern.compile("static/js/[\\w.]+\\.js").matcher(first);
        assertThat(script.find()).isTrue();

        Answer answer = get("/actuator/hawtio/" + script.group(), ADMIN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("max-age=31536000, private, immutable");
        assertThat(answer.header("Pragma")).isNullOrEmpty();
        assertThat(get("/actuator/hawtio/" + script.group(), NOBODY).status()).isEqualTo(401);
    }

    /** Hawtio alone parses the XML of all routes once for each of them. */
    @Test
    void theXmlOfAllRoutesIsParsedOnce() {
        page.addInitScript(
                """
                const parse = DOMParser.prototype.parseFromString;
                window.parsed = 0;
                DOMParser.prototype.parseFromString = function (text, type) {
                    window.parsed += type === "text/xml" ? 1 : 0;
                    return parse.call(this, text, type);
                };""");
        page.navigate("/actuator/hawtio");
        named("routes").waitFor();

        assertThat((Integer) page.evaluate("window.parsed")).isBetween(1, 3);
    }

    @Test
    void aRouteShowsWhatItDoesAndItsDiagram() {
        page.navigate("/actuator/hawtio");
        named(ROUTE).click();

        assertThat(row("Lists who changed what, newest first.").first()).containsText("Description");
        page.getByText("Route Diagram").click();
        assertThat(page.locator(".react-flow__node").first()).isVisible();
    }

    @Test
    void everyRouteHasADescriptionAndNoPartOfOneHasAnMBean() {
        JsonNode routes = jolokia(
                """
                {"type": "read", "mbean": "org.apache.camel:type=routes,*", "attribute": ["RouteId", "Description"]}""");
        assertThat(routes.path("value")).hasSizeGreaterThan(200);
        assertThat(routes.path("value"))
                .allSatisfy(route -> assertThat(route.path("Description").asText(""))
                        .as(route.path("RouteId").asText())
                        .endsWith("."));
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                        .filter(name -> name.getDomain().equals("org.apache.camel"))
                        .map(name -> name.getKeyProperty("type")))
                .contains("routes", "context", "components", "threadpools")
                .doesNotContain("processors", "producers", "consumers", "endpoints", "dataformats");
    }

    /** Hawtio starts with the list of all MBeans: what those of one class can do stands in it once. */
    @Test
    void theListOfMBeansDescribesEachClassOnce() {
        Answer list = post(
                "/actuator/jolokia?listCache=true&ignoreErrors=true", ADMIN, """
                {"type": "list"}""");

        JsonNode value = list.json().path("value");
        assertThat(value.path("cache")
                        .path("org.apache.camel:org.apache.camel.management.mbean.ManagedSuspendableRoute")
                        .path("op"))
                .isNotEmpty();
        List<JsonNode> routes = new ArrayList<>();
        value.path("domains").path("org.apache.camel").properties().stream()
                .filter(bean -> bean.getKey().contains("type=routes"))
                .forEach(bean -> routes.add(bean.getValue()));
        assertThat(routes).hasSizeGreaterThan(200).allMatch(JsonNode::isTextual);
        assertThat(list.text()).hasSizeLessThan(1_000_000);
    }

    @Test
    void aSourceOfFilesHasTheMBeansThatHawtioShows() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

        for (String route : List.of("gitlab", "gitlab-stream-issues", "gitlab-store-issues", "gitlab-sync-watch")) {
            ObjectName name = new ObjectName("org.apache.camel:type=routes,name=\"" + route + "\",*");
            assertThat(beans.queryNames(name, null)).as(route).isNotEmpty().allSatisfy(found -> {
                assertThat(beans.getAttribute(found, "State")).isEqualTo("Started");
                assertThat(String.valueOf(beans.getAttribute(found, "Description")))
                        .endsWith(".");
            });
        }
    }

    private JsonNode jolokia(String request) {
        return post("/actuator/jolokia", ADMIN, request).json();
    }

    private Locator named(String text) {
        return page.getByText(text, new Page.GetByTextOptions().setExact(true)).first();
    }

    private void reaches(ServiceStatus status) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> camel.getRouteController().getRouteStatus(ROUTE) == status);
    }
}
