package io.atmosfera.integration.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** How large a body may be, in bytes: one limit for the API, one for each sender of webhooks. */
@Component
class BodyLimits {

    private final int api;
    private final int jira;
    private final int github;

    BodyLimits(
            SecurityProperties properties,
            @Value("${platform.webhooks.max-payload-size.jira:10MB}") DataSize jira,
            @Value("${platform.webhooks.max-payload-size.github:25MB}") DataSize github) {
        this.api = Math.toIntExact(properties.dataValidation().maxPayloadSize().toBytes());
        this.jira = Math.toIntExact(jira.toBytes());
        this.github = Math.toIntExact(github.toBytes());
    }

    int of(HttpServletRequest request) {
        if (!Doors.WEBHOOKS.matches(request)) {
            return api;
        }
        return Doors.GITHUB_WEBHOOKS.matches(request) ? github : jira;
    }
}
