package io.atmosfera.integration.live;

import io.atmosfera.integration.http.CallerHeaders;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

/** Makes a socket of a request. Who is calling, and that it is a page of ours, has been looked at before. */
@Component
class LiveEndpoint implements HttpRequestHandler {

    static final String PATH = "/ws/updates";

    /** The name beside which a browser sends the token: it cannot set headers. */
    private static final String BEARER = "bearer";

    private static final long RETRY_SECONDS = 30;

    private final LiveUpdates updates;
    private final LiveTokens tokens;
    private final JdbcClient jdbc;
    private final ProblemWriter problems;

    LiveEndpoint(LiveUpdates updates, LiveTokens tokens, JdbcClient jdbc, ProblemWriter problems) {
        this.updates = updates;
        this.tokens = tokens;
        this.jdbc = jdbc;
        this.problems = problems;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Long project = project(request);
            Problem problem = refusal(request, response, project);
            if (problem == null) {
                open(request, response, project);
            } else {
                problems.write(response, problem);
            }
        } catch (ProblemException | DataAccessException e) {
            problems.write(response, e);
        }
    }

    private @Nullable Problem refusal(
            HttpServletRequest request, HttpServletResponse response, @Nullable Long project) {
        if (!HttpMethod.GET.matches(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, HttpMethod.GET.name());
            return Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "This address does not know this method, but GET.");
        }
        if (project != null && !isKnown(project)) {
            return Problem.of(HttpStatus.NOT_FOUND, "Project " + project + " does not exist.");
        }
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            response.setHeader(HttpHeaders.UPGRADE, "websocket");
            return Problem.of(HttpStatus.UPGRADE_REQUIRED, "This address is for WebSocket connections.");
        }
        if (updates.isFull()) {
            return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "As many clients are connected as this instance serves.")
                    .retryAfter(RETRY_SECONDS);
        }
        return null;
    }

    private void open(HttpServletRequest request, HttpServletResponse response, @Nullable Long project)
            throws IOException {
        long token = Long.parseLong(String.valueOf(request.getAttribute(CallerHeaders.TOKEN)));
        long millis = tokens.millisLeft(token);
        var container = Objects.requireNonNull(JettyWebSocketServerContainer.getContainer(request.getServletContext()));
        boolean open = container.upgrade(
                (asked, answer) -> {
                    negotiate(asked, answer);
                    return updates.client(token, project, millis);
                },
                request,
                response);
        if (!open) {
            problems.write(response, Problem.of(HttpStatus.BAD_REQUEST, "This is no valid WebSocket handshake."));
        }
    }

    private static void negotiate(JettyServerUpgradeRequest asked, JettyServerUpgradeResponse answer) {
        if (asked.hasSubProtocol(BEARER)) {
            answer.setAcceptedSubProtocol(BEARER);
        }
        // Compressing each message once a client would cost more than all the rest.
        answer.setExtensions(List.of());
    }

    private static @Nullable Long project(HttpServletRequest request) {
        String text = request.getParameter("projectId");
        if (text == null) {
            return null;
        }
        try {
            long id = Long.parseLong(text);
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // As bad as one that is not above zero.
        }
        throw ProblemException.invalid("projectId", "must be the number of a project");
    }

    private boolean isKnown(long project) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM projects WHERE id = ?)")
                .param(project)
                .query(Boolean.class)
                .single();
    }
}
