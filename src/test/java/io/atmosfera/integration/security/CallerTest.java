package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The audit log names who really called. */
class CallerTest extends PlatformTest {

    private static String user() {
        return "u-" + UUID.randomUUID();
    }

    private static String body(String user) {
        return "{\"username\": \"" + user + "\", \"role\": \"VIEWER\"}";
    }

    private JsonNode entryOf(Answer created) {
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String target = "user/" + created.json().path("id").asLong();
        for (JsonNode entry : get("/api/audit-log?action=user.create&limit=500").json()) {
            if (entry.path("target").asText().equals(target)) {
                return entry;
            }
        }
        throw new AssertionError("No entry for " + target);
    }

    @Test
    void theFirstAdministratorIsCalledAdmin() {
        JsonNode entry = entryOf(post("/api/admin/users", ADMIN, body(user())));
        assertThat(entry.path("actor").asText()).isEqualTo("admin");
        assertThat(entry.path("address").asText()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void aCallerByIpV6IsNoLess() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://[::1]:" + port + "/api/admin/users"))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(user())));
        assertThat(entryOf(send(request)).path("address").asText()).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void aTokenWithoutAUserIsCalledByItsName() {
        JsonNode entry = entryOf(post("/api/admin/users", tokenOf("ADMIN"), body(user())));
        assertThat(entry.path("actor").asText()).isEqualTo("token:ADMIN for a test");
    }

    @Test
    void nobodyCanPassForSomebodyElse() {
        String token = tokenOf("ADMIN");
        HttpRequest.Builder request = request("POST", "/api/admin/users", token, body(user()))
                .header("PlatformActor", "evil")
                .header("platformactor", "evil")
                .header("PLATFORMADDRESS", "6.6.6.6")
                .header("PlatformRole", "ADMIN");
        JsonNode entry = entryOf(send(request));
        assertThat(entry.path("actor").asText()).isEqualTo("token:ADMIN for a test");
        assertThat(entry.path("address").asText()).isNotEqualTo("6.6.6.6");
        assertThat(post("/api/admin/users?PlatformActor=evil", token, body(user()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void nobodyIsBelievedWhereHeSaysHeComesFrom() {
        JsonNode entry = entryOf(
                send(request("POST", "/api/admin/users", ADMIN, body(user())).header("X-Forwarded-For", "6.6.6.6")));
        assertThat(entry.path("address").asText()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void theQueryCannotStandInForThePath() {
        long one =
                post("/api/admin/users", ADMIN, body(user())).json().path("id").asLong();
        long other =
                post("/api/admin/users", ADMIN, body(user())).json().path("id").asLong();
        assertThat(delete("/api/admin/users/" + one + "?userId=" + other, ADMIN).status())
                .isEqualTo(400);
        assertThat(get("/api/admin/users/" + one).status()).isEqualTo(200);
        assertThat(get("/api/admin/users/" + other).status()).isEqualTo(200);
    }
}
