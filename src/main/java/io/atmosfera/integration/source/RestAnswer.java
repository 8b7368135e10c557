package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import io.atmosfera.integration.outbound.TransientException;
import java.io.IOException;
import java.io.InputStream;
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

/** Tells apart what a REST API answers, by what is the same with most of them: status, Link, ETag, Retry-After, RateLimit. */
@Component("restAnswer")
public class RestAnswer {

    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int MOST_OF_A_MESSAGE = 300;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    /** A reset above this is a moment (in seconds since 1970), one below it a number of seconds from now. */
    private static final long LONGEST_RESET = 1_000_000_000;

    /** Where no time is named. */
    private static final Duration UNKNOWN = Duration.ofSeconds(60);

    private final ObjectMapper json;
    private final Patience patience;

    RestAnswer(ObjectMapper json, Patience patience) {
        this.json = json;
        this.patience = patience;
    }

    /**
     * Reads a good answer.
     *
     * @throws CallException for any other
     */
    public RestPage read(
            @Body @Nullable InputStream body,
            @Headers Map<String, Object> headers,
            @Variable("connection") RestConnection connection) {
        RemoteAnswer answer = answer(body, headers, connection.title());
        String etag = answer.header("ETag").orElse(null);
        if (answer.status() == NOT_MODIFIED) {
            return new RestPage(MissingNode.getInstance(), null, etag, true);
        }
        // Atlassian's products, and others with Seraph, show to a stranger what strangers may see.
        if (answer.status() < 500
                && answer.header("X-Seraph-LoginReason")
                        .filter(reason -> reason.contains("FAILED") || reason.contains("DENIED"))
                        .isPresent()) {
            throw new RefusedException(
                    Reason.AUTHENTICATION,
                    connection.title()
                            + " refuses the token and answers as to a stranger: it is wrong, has expired or was"
                            + " revoked. Create a new one and save it.");
        }
        if (!answer.isGood()) {
            throw refused(answer, connection);
        }
        if (answer.isWebPage()) {
            throw notTheApi(connection.title(), "A web page came instead of its API.");
        }
        return new RestPage(parsed(answer, connection.title()), next(answer, connection), etag, false);
    }

    /** Only on the same site, since the credential goes along; a list that goes on elsewhere must not seem to end. */
    private static @Nullable String next(RemoteAnswer answer, RestConnection connection) {
        String address = answer.next().orElse(null);
        if (address != null && !Site.isOf(connection.url(), address)) {
            throw notTheApi(connection.title(), "The list goes on at another address, where the token is not sent.");
        }
        return address;
    }

    private JsonNode parsed(RemoteAnswer answer, String title) {
        if (answer.bytes().length > MOST_BYTES) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, title + "'s answer is larger than 64 MB. Ask for smaller pages (per_page).");
        }
        try {
            return LenientJson.read(answer.bytes(), json);
        } catch (IOException malformed) {
            throw notTheApi(title, "Its answer is no JSON, or was cut off.");
        }
    }

    private CallException refused(RemoteAnswer answer, RestConnection connection) {
        String title = connection.title();
        int status = answer.status();
        String said = said(answer.bytes());
        if (status == 429 || (status == 403 && answer.header("Retry-After").isPresent()) || isUsedUp(answer)) {
            return rateLimit(answer, connection);
        }
        if (status >= 500 || status == 408) {
            return new TransientException(title + " answered with an error of its own (HTTP " + status + ").");
        }
        return switch (status) {
            case 401 ->
                new RefusedException(
                        Reason.AUTHENTICATION,
                        title
                                + " refuses the token (401): it is wrong, has expired or was revoked. Create a new one and"
                                + " save it.");
            case 403 ->
                answer.isWebPage()
                        ? notTheApi(title, "A web page came instead of its API.")
                        : new RefusedException(
                                Reason.PERMISSION,
                                title + " forbids this to the token (403): it lacks a permission" + said);
            case 404, 410 ->
                new RefusedException(
                        Reason.NOT_FOUND,
                        title + " does not have what was asked for, or the token may not see it (" + status
                                + "). Check the address and the parameters of the connection" + said);
            case 301, 302, 303, 307, 308 -> notTheApi(title, "The address redirects elsewhere.");
            default -> new RefusedException(Reason.BAD_REQUEST, title + " answered HTTP " + status + said);
        };
    }

    private static boolean isUsedUp(RemoteAnswer answer) {
        return answer.status() == 403
                && header(answer, "Remaining").filter("0"::equals).isPresent();
    }

    private static Optional<String> header(RemoteAnswer answer, String what) {
        return answer.header("RateLimit-" + what).or(() -> answer.header("X-RateLimit-" + what));
    }

    private static RefusedException notTheApi(String title, String what) {
        return new RefusedException(
                Reason.NOT_THE_API, what + " Check that url is the address of the API of " + title + ".");
    }

    private RateLimited rateLimit(RemoteAnswer answer, RestConnection connection) {
        return patience.asked(
                answer,
                connection.id(),
                now -> answer.header("Retry-After")
                        .flatMap(value -> RetryAfter.parse(value, now))
                        .or(() -> reset(answer, now))
                        .filter(moment -> moment.isAfter(now))
                        .orElseGet(() -> now.plus(UNKNOWN)),
                true,
                until -> words(connection, until));
    }

    /**
     * Passes where the source may be called.
     *
     * @throws RateLimited where it has asked for patience, and the time has not come
     */
    public void pass(RestConnection connection) {
        patience.pass(connection.id(), until -> words(connection, until));
    }

    private static String words(RestConnection connection, Instant until) {
        return connection.title() + "'s rate limit is reached; calls make sense again at "
                + QuietConnections.shown(until) + ".";
    }

    private static Optional<Instant> reset(RemoteAnswer answer, Instant now) {
        return header(answer, "Reset")
                .filter(value -> SECONDS.matcher(value).matches())
                .map(Long::parseLong)
                .map(value -> value > LONGEST_RESET ? Instant.ofEpochSecond(value) : now.plusSeconds(value));
    }

    /** What the answer says for people, behind a colon: the members message and error are those that most APIs have. */
    private String said(byte[] bytes) {
        try {
            JsonNode answer = json.readTree(bytes);
            JsonNode message = answer.path("message").isMissingNode() ? answer.path("error") : answer.path("message");
            String text = message.isTextual() ? message.asText() : message.isContainerNode() ? message.toString() : "";
            return text.isEmpty()
                    ? "."
                    : ": " + (text.length() > MOST_OF_A_MESSAGE ? text.substring(0, MOST_OF_A_MESSAGE) + "…" : text);
        } catch (IOException notJson) {
            return ".";
        }
    }

    private static RemoteAnswer answer(@Nullable InputStream body, Map<String, Object> headers, String title) {
        try {
            return RemoteAnswer.read(body, headers, MOST_BYTES + 1);
        } catch (IOException cut) {
            throw new TransientException("The connection broke in the middle of " + title + "'s answer.");
        }
    }
}
