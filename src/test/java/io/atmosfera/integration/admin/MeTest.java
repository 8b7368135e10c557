package io.atmosfera.integration.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.PlatformTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeTest extends PlatformTest {

    @Test
    void theFirstAdministratorIsShownByNameAndRole() {
        assertThat(get("/api/me").text()).isEqualTo("{\"name\":\"admin\",\"role\":\"ADMIN\"}");
    }

    @Test
    void aTokenIsShownWithItsEnd() {
        JsonNode me = get("/api/me", tokenOf("VIEWER")).json();

        assertThat(me.path("name").asText()).isEqualTo("token:VIEWER for a test");
        assertThat(me.path("role").asText()).isEqualTo("VIEWER");
        assertThat(Instant.parse(me.path("expiresAt").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
    }

    @Test
    void aUsersTokenHasTheLowerOfBothRoles() {
        long user = post("/api/admin/users", ADMIN, "{\"username\": \"me-test\", \"role\": \"MEMBER\"}")
                .json()
                .path("id")
                .asLong();
        String token = post(
                        "/api/admin/tokens", ADMIN, "{\"name\": \"t\", \"role\": \"ADMIN\", \"userId\": " + user + "}")
                .json()
                .path("token")
                .asText();

        JsonNode me = get("/api/me", token).json();

        assertThat(me.path("name").asText()).isEqualTo("me-test");
        assertThat(me.path("role").asText()).isEqualTo("MEMBER");
    }

    @Test
    void whoCallsCannotBeSaidByTheClient() {
        var request = request("GET", "/api/me", tokenOf("VIEWER"), null)
                .header("PlatformToken", "1")
                .header("PlatformRole", "ADMIN")
                .header("PlatformActor", "somebody");

        JsonNode me = send(request).json();

        assertThat(me.path("name").asText()).isEqualTo("token:VIEWER for a test");
        assertThat(me.path("role").asText()).isEqualTo("VIEWER");
        assertThat(me.has("expiresAt")).isTrue();
        assertThat(get("/api/me?PlatformToken=1&PlatformRole=ADMIN").status()).isEqualTo(400);
    }
}
