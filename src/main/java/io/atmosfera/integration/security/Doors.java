package io.atmosfera.integration.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The addresses that the contract does not rule: pages, probes and the operators' tools. Webhooks never get here, they have
 * a door of their own (http/SignedDoor).
 */
final class Doors {

    static final RequestMatcher PROBES = any(path("/actuator/health"), path("/actuator/health/**"));

    static final RequestMatcher PAGES = any(
            path(HttpMethod.GET, "/"),
            path(HttpMethod.GET, "/console/**"),
            path(HttpMethod.GET, "/webjars/preact/**"),
            path(HttpMethod.GET, "/webjars/htm/**"),
            path(HttpMethod.GET, "/webjars/uplot/**"),
            path(HttpMethod.GET, "/openapi.yaml"),
            path(HttpMethod.GET, "/favicon.ico"),
            path(HttpMethod.GET, "/swagger-ui/**"),
            path(HttpMethod.GET, "/webjars/swagger-ui/**"));

    /** Open to everybody: no token is asked for, and none is looked at. */
    static final RequestMatcher PUBLIC = any(PROBES, PAGES);

    static final RequestMatcher METRICS = path(HttpMethod.GET, "/actuator/prometheus");

    /** The operators' tools, used in a browser, which can send a token only as a password. */
    static final RequestMatcher CONSOLES = any(
            path("/actuator/hawtio"),
            path("/actuator/hawtio/**"),
            path("/actuator/jolokia"),
            path("/actuator/jolokia/**"));

    static final RequestMatcher ACTUATOR = any(path("/actuator"), path("/actuator/**"));

    /** Where live updates come from, over a WebSocket. */
    static final RequestMatcher LIVE = path("/ws/updates");

    private Doors() {}

    /** Whether the browser says that a page of another site made it send this. */
    static boolean fromAnotherSite(HttpServletRequest request) {
        return "cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"));
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    private static RequestMatcher path(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
    }

    private static RequestMatcher any(RequestMatcher... matchers) {
        return new OrRequestMatcher(List.of(matchers));
    }
}
