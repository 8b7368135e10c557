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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Hawtio opens, shows every route with what it does, and stops and starts one. */
class HawtioTest extends ConsoleTest {

    private static final String ROUTE = "audit-log-api";

    @Autowired
    private CamelContext camel;

    @Override
    Browser.NewContextOptions window() {
        return super.window().setHttpCredentials("token", ADMIN);
    }

    /** Hawtio asks about one route after the other, which a busy machine feels. */
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
    void aRouteShowsWhatItDoesAndItsDiagram() {
        page.navigate("/actuator/hawtio");
        named(ROUTE).click();

        assertThat(row("Lists who changed what, newest first.").first()).containsText("Description");
        page.getByText("Route Diagram").click();
        assertThat(page.locator(".react-flow__node").first()).isVisible();
    }

    @Test
    void everyRouteHasADescriptionAndNoStepHasAnMBean() {
        JsonNode routes = jolokia(
                """
                {"type": "read", "mbean": "org.apache.camel:type=routes,*", "attribute": ["RouteId", "Description"]}""");
        assertThat(routes.path("value")).hasSizeGreaterThan(200);
        assertThat(routes.path("value"))
                .allSatisfy(route -> assertThat(route.path("Description").asText(""))
                        .as(route.path("RouteId").asText())
                        .endsWith("."));
        assertThat(jolokia("""
                {"type": "search", "mbean": "org.apache.camel:type=processors,*"}""")
                        .path("value"))
                .isEmpty();
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
