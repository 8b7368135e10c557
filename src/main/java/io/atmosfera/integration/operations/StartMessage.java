package io.atmosfera.integration.operations;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The last words of a start: where the platform is, a token that was made for it and, in the sandbox, what to try first. */
@Component
class StartMessage {

    private static final Profiles SANDBOX = Profiles.of("sandbox");

    private final Environment environment;
    private final JdbcTemplate database;
    private final ObjectProvider<AdminTokenSource> tokens;

    StartMessage(Environment environment, JdbcTemplate database, ObjectProvider<AdminTokenSource> tokens) {
        this.environment = environment;
        this.database = database;
        this.tokens = tokens;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void say() {
        String port = environment.getProperty("local.server.port");
        if (port == null) {
            return;
        }
        String url = "http://localhost:" + port;
        Optional<String> token = token();
        System.out.println(
                environment.acceptsProfiles(SANDBOX)
                        ? firstSteps(url, token, project())
                        : ready(url) + shownOnce(token));
    }

    static String ready(String url) {
        return "ATMosFera Integration Platform is ready: " + url;
    }

    static String shownOnce(Optional<String> token) {
        return token.map(
                        """

                The first administrator's token, shown this once:

                  %s
                """
                                ::formatted)
                .orElse("");
    }

    static String firstSteps(String url, Optional<String> token, long project) {
        return """

                %s
                Open it in a browser and sign in with this token:

                  TOKEN=%s

                Or use the API (its description: %s/swagger-ui).

                List the projects, the demo project's tickets that are done, and start a sync:

                  curl -H "Authorization: Bearer $TOKEN" %s/api/projects
                  curl -H "Authorization: Bearer $TOKEN" "%s/api/projects/%d/jira-tickets?status=Done&limit=5"
                  curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"syncType": "full"}' %s/api/projects/%d/jira-sync
                """
                .formatted(
                        ready(url),
                        token.orElse("(the one that was shown at the first start)"),
                        url,
                        url,
                        url,
                        project,
                        url,
                        project);
    }

    private Optional<String> token() {
        return Optional.ofNullable(tokens.getIfAvailable()).flatMap(AdminTokenSource::token);
    }

    private long project() {
        @Nullable Long first = database.queryForObject("SELECT min(id) FROM projects", Long.class);
        return first == null ? 1 : first;
    }
}
