package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.atmosfera.integration.outbound.TokenIssuer;
import io.atmosfera.integration.outbound.TokenRefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.core5.http.HttpException;
import org.springframework.stereotype.Component;

/** The tokens of GitHub Apps, each for an installation of the App and for an hour. */
@Component
class GitHubAppTokens implements TokenIssuer {

    static final String PRIVATE_KEY = "privateKey";

    /** The steps at which GitHub may refuse. */
    static final String INSTALLATION = "installation";

    static final String TOKEN = "token";

    private static final Duration EARLY = Duration.ofMinutes(5);

    /** What GitHub gives, where it does not say it in a way that is understood. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final ObjectMapper json;
    private final Clock clock;

    GitHubAppTokens(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String secret() {
        return PRIVATE_KEY;
    }

    @Override
    public String scope(JsonNode config) {
        return config.path("apiUrl").asText()
                + ' '
                + config.path("appId").asText()
                + ' '
                + config.path("installationId").asText(config.path("repository").asText());
    }

    @Override
    public Token issue(KeyedConnection connection, Caller caller) throws IOException, HttpException {
        JsonNode config = connection.config();
        String api = config.path("apiUrl").asText();
        String assertion = "Bearer "
                + GitHubAppKey.parse(connection.key().get())
                        .assertion(config.path("appId").asText(), clock.instant());
        String installation = config.path("installationId").asText("");
        if (installation.isEmpty()) {
            String path = "/repos/" + config.path("repository").asText() + "/installation";
            Answer found = caller.call("GET", URI.create(api + path), assertion);
            installation = required(found, "id", INSTALLATION).asText();
        }
        Answer issued = caller.call(
                "POST", URI.create(api + "/app/installations/" + installation + "/access_tokens"), assertion);
        String token = required(issued, "token", TOKEN).asText();
        return new Token(
                "Bearer " + token, renewal(body(issued).path("expires_at").asText()));
    }

    /** What only a good answer has; an answer without is handed on as that of the call. */
    private JsonNode required(Answer answer, String field, String step) throws TokenRefusedException {
        JsonNode value =
                answer.status() >= 200 && answer.status() < 300 ? body(answer).path(field) : MissingNode.getInstance();
        if (value.asText("").isEmpty()) {
            throw new TokenRefusedException(step, answer);
        }
        return value;
    }

    private JsonNode body(Answer answer) {
        try {
            return json.readTree(answer.bytes());
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    private Instant renewal(String expiresAt) {
        try {
            return Instant.parse(expiresAt).minus(EARLY);
        } catch (DateTimeException unknown) {
            return clock.instant().plus(LIFETIME).minus(EARLY);
        }
    }
}
