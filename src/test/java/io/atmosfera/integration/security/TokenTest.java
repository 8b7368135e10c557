package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest extends PlatformTest {

    @Test
    void aGoodTokenOpensTheDoor() {
        assertThat(get("/api/projects").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/projects",
                "/api/projects/999999",
                "/api/nothing",
                "/nothing",
                "/error",
                "/actuator",
                "/actuator/env",
                "/actuator/prometheus",
                "/actuator/hawtio",
                "/actuator/jolokia"
            })
    void withoutATokenEverythingIsUnauthorized(String path) {
        assertThat(get(path, NOBODY).status()).isEqualTo(401);
        assertThat(get(path, "atm_wrong").status()).isEqualTo(401);
    }

    @Test
    void healthAnswersEverybodyWithItsStatusOnly() {
        Answer answer = get("/actuator/health/readiness", NOBODY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().properties()).hasSize(1);
    }

    @Test
    void anExpiredTokenIsNone() {
        String token = tokenOf("VIEWER");
        assertThat(get("/api/projects", token).status()).isEqualTo(200);
        jdbc.sql("UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE token_hash = ?")
                .param(TokenMint.of(token).hash())
                .update();
        assertThat(get("/api/projects", token).status()).isEqualTo(401);
    }

    @Test
    void useIsNotedAtMostOnceAMinute() {
        String token = tokenOf("VIEWER");
        byte[] hash = TokenMint.of(token).hash();
        get("/api/projects", token);
        String first = lastUsed(hash);
        get("/api/projects", token);
        assertThat(first).isNotNull().isEqualTo(lastUsed(hash));
        jdbc.sql("UPDATE api_tokens SET last_used_at = now() - interval '2 minutes' WHERE token_hash = ?")
                .param(hash)
                .update();
        get("/api/projects", token);
        assertThat(lastUsed(hash)).isGreaterThan(first);
    }

    private String lastUsed(byte[] hash) {
        return jdbc.sql("SELECT last_used_at::text FROM api_tokens WHERE token_hash = ?")
                .param(hash)
                .query(String.class)
                .single();
    }

    @Test
    void onlyItsHashIsKept() {
        String token = tokenOf("VIEWER");
        assertThat(token).startsWith("atm_").hasSize(4 + 43);
        assertThat(jdbc.sql("SELECT t::text FROM api_tokens t")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(token));
    }

    @Test
    void basicIsForTheConsolesOnly() {
        String basic = "Basic "
                + java.util.Base64.getEncoder()
                        .encodeToString(("anybody:" + ADMIN).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Answer console =
                send(request("GET", "/actuator/jolokia/version", NOBODY, null).header("Authorization", basic));
        assertThat(console.status()).isNotIn(401, 403, 500);
        assertThat(send(request("GET", "/api/projects", NOBODY, null).header("Authorization", basic))
                        .status())
                .isEqualTo(401);
        assertThat(get("/actuator/hawtio", NOBODY).header("WWW-Authenticate")).startsWith("Basic ");
        assertThat(get("/api/projects", NOBODY).header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(send(request("GET", "/actuator/jolokia/version", NOBODY, null)
                                .header("Authorization", basic)
                                .header("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(get("/actuator/jolokia/version", tokenOf("MANAGER")).status())
                .isEqualTo(403);
    }

    @Test
    void theMetricsAreForViewers() {
        assertThat(get("/actuator/prometheus", tokenOf("VIEWER")).status()).isEqualTo(200);
        assertThat(get("/actuator/env", tokenOf("MANAGER")).status()).isEqualTo(403);
        assertThat(get("/actuator/env").status()).isEqualTo(404);
    }

    @Test
    void brokenCredentialsAreNone() {
        Stream.of("Bearer", "Bearer ", "Basic !!", "Basic YWJj", "Digest x", "").forEach(header -> assertThat(
                        send(request("GET", "/actuator/jolokia", NOBODY, null).header("Authorization", header))
                                .status())
                .as(header)
                .isEqualTo(401));
    }
}
