package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.Patience;
import io.atmosfera.integration.outbound.QuietConnections;
import io.atmosfera.integration.outbound.RateLimited;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** When GitHub wants to be asked again, and which page is next. */
class GitHubAnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final GitHubConnection CONNECTION =
            new GitHubConnection("test-1", "https://api.github.com", "octo/hello", null, null);

    private final GitHubAnswer answer =
            new GitHubAnswer(new ObjectMapper(), CLOCK, new Patience(CLOCK, new QuietConnections(new JdbcTemplate())));

    @ParameterizedTest
    @CsvSource({
        "'Wed, 25 Nov 2026 11:55:00 GMT', '300 s ahead of GitHub''s: set it right'",
        "'Wed, 25 Nov 2026 12:12:00 GMT', '720 s behind GitHub''s: set it right'",
        "'Wed, 25 Nov 2026 12:00:20 GMT', Check that appId"
    })
    void aClockThatGoesWrongIsSaidWhereAnAppIsRefused(String date, String words) {
        Map<String, Object> headers = headers(401);
        headers.put("PlatformTokenRefused", "token");
        headers.put("Date", date);

        CallException refusal = catchThrowableOfType(
                CallException.class,
                () -> answer.read(
                        body("{\"message\": \"'Issued at' claim ('iat') must be\"}"), headers, CONNECTION, null));

        assertThat(refusal.getMessage()).contains("(401): 'Issued at' claim", words);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // our clock is right, an hour behind, an hour ahead
                "'Wed, 25 Nov 2026 12:00:00 GMT', 1795608600, -, 2026-11-25T12:10:00Z",
                "'Wed, 25 Nov 2026 13:00:00 GMT', 1795612200, -, 2026-11-25T12:10:00Z",
                "'Wed, 25 Nov 2026 11:00:00 GMT', 1795605000, -, 2026-11-25T12:10:00Z",
                "-, 1795608600, -, 2026-11-25T12:10:00Z",
                // over already, nonsense, never
                "-, 1795608000, -, 2026-11-25T12:01:00Z",
                "-, 1795600000, -, 2026-11-25T12:01:00Z",
                "-, soon, -, 2026-11-25T12:01:00Z",
                "-, -, -, 2026-11-25T12:01:00Z",
                "-, 99999999999, -, 2026-11-25T14:00:00Z",
                // what is said plainly counts first
                "-, 1795608600, 30, 2026-11-25T12:00:30Z",
                // however long
                "-, -, 10800, 2026-11-25T15:00:00Z",
                "-, -, 'Sat, 28 Nov 2026 12:00:00 GMT', 2026-11-28T12:00:00Z",
                "'Wed, 25 Nov 2026 13:00:00 GMT', -, 'Wed, 25 Nov 2026 13:05:00 GMT', 2026-11-25T12:05:00Z",
                "'not a date', -, 'not a date', 2026-11-25T12:01:00Z"
            })
    void aRateLimitIsWaitedForByGitHubsClock(
            @Nullable String date, @Nullable String reset, @Nullable String retryAfter, Instant until) {
        Map<String, Object> headers = headers(403);
        headers.put("X-RateLimit-Remaining", "0");
        put(headers, "Date", date);
        put(headers, "X-RateLimit-Reset", reset);
        put(headers, "Retry-After", retryAfter);

        RateLimited limit =
                catchThrowableOfType(RateLimited.class, () -> answer.read(body("{}"), headers, CONNECTION, null));

        assertThat(limit.reason()).isEqualTo(CallException.Reason.RATE_LIMIT);
        // Never early, and not all at once.
        assertThat(limit.until()).isBetween(until, until.plusMillis(500));
        assertThat(limit).hasMessageContaining(until.toString());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'<https://api.github.com/repositories/1/hooks?page=2>; rel=\"next\", <https://api.github.com/x>; rel=\"last\"',"
                        + "https://api.github.com/repositories/1/hooks?page=2",
                "'<https://api.github.com/x>; rel=\"prev\", <https://API.github.com:443/y?a=b>; rel=\"next\"',"
                        + "https://API.github.com:443/y?a=b",
                "'<https://api.github.com/x>; rel=\"last\"', -",
                "-, -"
            })
    void theNextPageIsOneOfTheSameSite(@Nullable String link, @Nullable String next) {
        Map<String, Object> headers = headers(200);
        put(headers, "Link", link);

        assertThat(answer.read(body("[1]"), headers, CONNECTION, null).next()).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/x",
                "http://api.github.com/x",
                "https://api.github.com.evil.example/x",
                "not an address"
            })
    void aListThatGoesOnElsewhereDoesNotSeemToEnd(String address) {
        Map<String, Object> headers = headers(200);
        put(headers, "Link", "<" + address + ">; rel=\"next\"");

        CallException failure =
                catchThrowableOfType(CallException.class, () -> answer.read(body("[1]"), headers, CONNECTION, null));

        assertThat(failure.reason()).isEqualTo(CallException.Reason.ELSEWHERE);
        assertThat(failure).hasMessageContaining(address).hasMessageContaining("access token is not sent");
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        CallException failure =
                catchThrowableOfType(CallException.class, () -> answer.read(broken, headers(200), CONNECTION, null));
        assertThat(failure.reason()).isEqualTo(CallException.Reason.TRANSIENT);
    }

    private static Map<String, Object> headers(int status) {
        return new HashMap<>(Map.of("CamelHttpResponseCode", status, "Content-Type", "application/json"));
    }

    private static void put(Map<String, Object> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
