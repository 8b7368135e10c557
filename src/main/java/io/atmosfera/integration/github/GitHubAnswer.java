package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.atmosfera.integration.github.GitHubDocument.Token;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.LenientJson;
import io.atmosfera.integration.outbound.Patience;
import io.atmosfera.integration.outbound.QuietConnections;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RemoteAnswer;
import io.atmosfera.integration.outbound.RetryAfter;
import io.atmosfera.integration.outbound.Site;
import io.atmosfera.integration.outbound.TokenRefusedException;
import io.atmosfera.integration.outbound.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells GitHub's answers apart: 403 alone has four meanings. */
@Component("githubAnswer")
public class GitHubAnswer {

    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int MOST_OF_A_MESSAGE = 300;
    private static final int NOT_MODIFIED = 304;
    private static final int CONFLICT = 409;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    /** GitHub's own advice where it names no time. */
    private static final Duration UNKNOWN = Duration.ofSeconds(60);

    private static final Duration WRONG_CLOCK = Duration.ofSeconds(45);

    private final ObjectMapper json;
    private final Clock clock;
    private final Patience patience;

    GitHubAnswer(ObjectMapper json, Clock clock, Patience patience) {
        this.patience = patience;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Reads a good answer.
     *
     * @throws CallException for any other
     */
    public GitHubDocument read(
            @Body @Nullable InputStream body,
            @Headers Map<String, Object> headers,
            @Variable("connection") GitHubConnection connection,
            @Variable("url") @Nullable String url) {
        RemoteAnswer answer = answer(body, headers);
        Optional<String> step = answer.header(TokenRefusedException.HEADER);
        if (step.isPresent()) {
            throw refusedApp(answer, step.get(), connection, url);
        }
        String version = answer.header("X-GitHub-Enterprise-Version").orElse(null);
        String etag = answer.header("ETag").orElse(null);
        Token token = new Token(
                answer.header("X-OAuth-Scopes").orElse(null),
                answer.header("GitHub-Authentication-Token-Expiration").orElse(null));
        if (answer.status() == NOT_MODIFIED) {
            return new GitHubDocument(MissingNode.getInstance(), null, version, etag, token, true);
        }
        if (isOfAnEmptyRepository(answer)) {
            return new GitHubDocument(json.createArrayNode(), null, version, null, token, false);
        }
        if (!answer.isGood()) {
            throw refused(answer, connection, url);
        }
        if (answer.isWebPage()) {
            throw notGitHub();
        }
        return new GitHubDocument(parsed(answer), next(answer, connection), version, etag, token, false);
    }

    /** GitHub has no list of the commits of a repository without any, and says so by a conflict. */
    private boolean isOfAnEmptyRepository(RemoteAnswer answer) {
        return answer.status() == CONFLICT && said(answer.bytes()).contains("Repository is empty");
    }

    private JsonNode parsed(RemoteAnswer answer) {
        try {
            return LenientJson.read(answer.bytes(), json);
        } catch (IOException malformed) {
            throw new RefusedException(
                    Reason.NOT_THE_API,
                    "What answers at apiUrl is not GitHub's API, or its answer was cut off: it is no JSON.");
        }
    }

    /** Only on the same site, since the credential goes along; a list that goes on elsewhere must not seem to end. */
    private static @Nullable String next(RemoteAnswer answer, GitHubConnection connection) {
        String address = answer.next().orElse(null);
        if (address != null && !isOfSite(address, connection)) {
            throw new RefusedException(
                    Reason.ELSEWHERE,
                    "The list goes on at another address than apiUrl leads to, where the access token is not sent: "
                            + (address.length() > MOST_OF_A_MESSAGE ? address.substring(0, MOST_OF_A_MESSAGE) : address)
                                    .replaceFirst("[?#].*", "")
                            + ". Give apiUrl as the address that GitHub's own links begin with.");
        }
        return address;
    }

    static boolean isOfSite(String address, GitHubConnection connection) {
        return Site.isOf(connection.apiUrl(), address);
    }

    private CallException refused(RemoteAnswer answer, GitHubConnection connection, @Nullable String url) {
        int status = answer.status();
        String said = said(answer.bytes());
        if (isRateLimit(answer, said)) {
            return rateLimit(answer, said, connection);
        }
        return switch (status) {
            case 401 ->
                new RefusedException(
                        Reason.AUTHENTICATION,
                        "GitHub refuses the access token (401): it is wrong, has expired or was revoked. Create a new one"
                                + " and save it.");
            case 403 -> forbidden(answer, said, connection.below(url));
            case 404 -> notFound(said, connection, url);
            case 410 -> RefusedException.saying(Reason.NOT_FOUND, "GitHub answered HTTP 410" + said, said);
            case 301, 302, 303, 307, 308 ->
                new RefusedException(
                        Reason.NOT_THE_API,
                        "The address redirects elsewhere. Give apiUrl as the address that answers itself: "
                                + "https://api.github.com, or https://HOST/api/v3 of a GitHub Enterprise Server.");
            default -> other(answer, said);
        };
    }

    /** GitHub says 404 also where a permission is missing; only of the repository itself it may be the name. */
    private static CallException notFound(String said, GitHubConnection connection, @Nullable String url) {
        String path = connection.below(url);
        if (path == null || path.isEmpty()) {
            return RefusedException.saying(
                    Reason.NOT_FOUND,
                    "GitHub has no repository " + connection.repository()
                            + ", or the token may not see it. Check the"
                            + " spelling, and that the token has access to this repository.",
                    said);
        }
        String permission = GitHubPermissions.of(path);
        return RefusedException.saying(
                Reason.NOT_FOUND,
                "GitHub does not give " + path + " of " + connection.repository()
                        + " (404): it is not there, or the token "
                        + (permission == null ? "may not see it." : "lacks the permission " + permission + "."),
                said);
    }

    /** The App got no token, so nothing was asked with one. */
    private CallException refusedApp(
            RemoteAnswer answer, String step, GitHubConnection connection, @Nullable String url) {
        String said = said(answer.bytes());
        return switch (answer.status()) {
            case 200, 201 -> notGitHub();
            case 401 ->
                new RefusedException(
                        Reason.AUTHENTICATION,
                        "GitHub does not take the App's signature (401)" + closed(said) + " " + clockOrKey(answer));
            case 404 ->
                new RefusedException(
                        Reason.AUTHENTICATION,
                        step.equals(GitHubAppTokens.INSTALLATION)
                                ? "The GitHub App is not installed for " + connection.repository()
                                        + ". Install it there with access to this repository, or check the spelling."
                                : "The GitHub App has no such installation. Check installationId, or leave it out: it is found"
                                        + " by the repository.");
            default -> refused(answer, connection, url);
        };
    }

    /** By the clocks, where they differ by more than an assertion allows for. */
    private String clockOrKey(RemoteAnswer answer) {
        Instant now = clock.instant();
        Duration ahead = answer.header("Date")
                .flatMap(RetryAfter::date)
                .map(theirs -> Duration.between(theirs, now))
                .orElse(Duration.ZERO);
        if (ahead.abs().compareTo(WRONG_CLOCK) < 0) {
            return "Check that appId is the App's id or client id, and that privateKey is one of its keys.";
        }
        return "This server's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " GitHub's: set it right.";
    }

    private static String closed(String said) {
        return said.endsWith(".") ? said : said + ".";
    }

    private static CallException other(RemoteAnswer answer, String said) {
        int status = answer.status();
        if (status >= 500 || status == 408) {
            return new TransientException("GitHub answered with an error of its own (HTTP " + status + ").");
        }
        return answer.isWebPage()
                ? notGitHub()
                : new RefusedException(Reason.BAD_REQUEST, "GitHub answered HTTP " + status + said);
    }

    private static CallException forbidden(RemoteAnswer answer, String said, @Nullable String path) {
        if (answer.header("X-GitHub-SSO").isPresent()) {
            return new RefusedException(
                    Reason.PERMISSION,
                    "The organisation wants single sign-on for this token. At GitHub, in the settings of the token, choose"
                            + " Configure SSO and authorise it for the organisation.");
        }
        if (answer.isWebPage()) {
            return notGitHub();
        }
        String permission = path == null ? null : GitHubPermissions.of(path);
        return RefusedException.saying(
                Reason.PERMISSION,
                "GitHub forbids this to the token (403): it lacks "
                        + (permission == null ? "a permission" : "the permission " + permission)
                        + ", or an allow-list blocks this server" + said,
                said);
    }

    private static CallException notGitHub() {
        return new RefusedException(
                Reason.NOT_THE_API,
                "A web page came instead of GitHub's API. Check that apiUrl is the address of the API: "
                        + "https://api.github.com, or https://HOST/api/v3 of a GitHub Enterprise Server.");
    }

    private static boolean isRateLimit(RemoteAnswer answer, String said) {
        return answer.status() == 429
                || (answer.status() == 403
                        && (answer.header("Retry-After").isPresent()
                                || answer.header("X-RateLimit-Remaining")
                                        .filter("0"::equals)
                                        .isPresent()
                                || said.contains("secondary rate limit")));
    }

    private RateLimited rateLimit(RemoteAnswer answer, String said, GitHubConnection connection) {
        String which = said.contains("secondary")
                ? "GitHub asks to slow down (its secondary rate limit)"
                : "GitHub's rate limit is reached";
        return patience.asked(
                answer,
                connection.id(),
                now -> answer.header("Retry-After")
                        .flatMap(value -> RetryAfter.parse(value, now))
                        .or(() -> reset(answer))
                        .filter(moment -> moment.isAfter(now))
                        .orElseGet(() -> now.plus(UNKNOWN)),
                !isOfSomeCalls(answer, said),
                until -> which + "; calls make sense again at " + QuietConnections.shown(until) + ".");
    }

    /** Whether it is the limit of searches, of GraphQL or the like, which other calls do not share. */
    private static boolean isOfSomeCalls(RemoteAnswer answer, String said) {
        return !said.contains("secondary")
                && answer.header("X-RateLimit-Resource")
                        .filter(resource -> !resource.equals("core"))
                        .isPresent();
    }

    private static Optional<Instant> reset(RemoteAnswer answer) {
        return answer.header("X-RateLimit-Remaining").filter("0"::equals).isEmpty()
                ? Optional.empty()
                : answer.header("X-RateLimit-Reset")
                        .filter(value -> SECONDS.matcher(value).matches())
                        .map(value -> Instant.ofEpochSecond(Long.parseLong(value)));
    }

    private String said(byte[] bytes) {
        try {
            String message = json.readTree(bytes).path("message").asText("");
            return message.isEmpty()
                    ? "."
                    : ": "
                            + (message.length() > MOST_OF_A_MESSAGE
                                    ? message.substring(0, MOST_OF_A_MESSAGE) + "…"
                                    : message);
        } catch (IOException notJson) {
            return ".";
        }
    }

    private static RemoteAnswer answer(@Nullable InputStream body, Map<String, Object> headers) {
        try {
            return RemoteAnswer.read(body, headers, MOST_BYTES);
        } catch (IOException cut) {
            throw new TransientException("The connection broke in the middle of GitHub's answer.");
        }
    }
}
