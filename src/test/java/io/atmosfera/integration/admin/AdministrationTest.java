package io.atmosfera.integration.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdministrationTest extends PlatformTest {

    private static String name() {
        return "user-" + UUID.randomUUID();
    }

    private static String user(String name, String role) {
        return """
                {"username": "%s", "email": "%s@example.org", "role": "%s"}"""
                .formatted(name, name, role);
    }

    private long create(String name, String role) {
        Answer made = post("/api/admin/users", ADMIN, user(name, role));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asLong();
    }

    private Answer token(String more) {
        return post("/api/admin/tokens", ADMIN, "{\"name\": \"n\", \"role\": \"VIEWER\"" + more + "}");
    }

    private JsonNode lastEntry(String action, String target) {
        for (JsonNode entry : get("/api/audit-log?limit=500&action=" + action).json()) {
            if (entry.path("target").asText().equals(target)) {
                return entry;
            }
        }
        throw new AssertionError("No " + action + " of " + target);
    }

    @Test
    void aUserIsMadeShownChangedAndDeleted() {
        String name = name();
        long id = create(name, "MEMBER");
        JsonNode shown = get("/api/admin/users/" + id).json();
        assertThat(shown.path("username").asText()).isEqualTo(name);
        assertThat(shown.path("email").asText()).isEqualTo(name + "@example.org");
        assertThat(shown.path("role").asText()).isEqualTo("MEMBER");
        assertThat(shown.path("createdAt").asText()).endsWith("Z");

        Answer changed =
                put("/api/admin/users/" + id, ADMIN, "{\"username\": \"" + name + "2\", \"role\": \"MANAGER\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("username").asText()).isEqualTo(name + "2");
        assertThat(changed.json().has("email")).isFalse();
        JsonNode entry = lastEntry("user.update", "user/" + id);
        assertThat(entry.path("before").path("role").asText()).isEqualTo("MEMBER");
        assertThat(entry.path("after").path("role").asText()).isEqualTo("MANAGER");

        assertThat(delete("/api/admin/users/" + id, ADMIN).status()).isEqualTo(204);
        assertThat(get("/api/admin/users/" + id).status()).isEqualTo(404);
        assertThat(lastEntry("user.delete", "user/" + id)
                        .path("before")
                        .path("username")
                        .asText())
                .isEqualTo(name + "2");
    }

    @Test
    void aNameIsTakenOnce() {
        String name = name();
        create(name, "VIEWER");
        assertThat(post("/api/admin/users", ADMIN, user(name, "VIEWER")).status())
                .isEqualTo(409);
        long other = create(name(), "VIEWER");
        assertThat(put("/api/admin/users/" + other, ADMIN, user(name, "VIEWER")).status())
                .isEqualTo(409);
    }

    @Test
    void whatDoesNotExistIs404() {
        assertThat(get("/api/admin/users/999999999").status()).isEqualTo(404);
        assertThat(put("/api/admin/users/999999999", ADMIN, user(name(), "VIEWER"))
                        .status())
                .isEqualTo(404);
        assertThat(delete("/api/admin/users/999999999", ADMIN).status()).isEqualTo(404);
        assertThat(delete("/api/admin/tokens/999999999", ADMIN).status()).isEqualTo(404);
    }

    @Test
    void wrongInputNamesItsField() {
        for (String body : List.of("{\"username\": \"x\", \"role\": \"KING\"}", "{\"username\": \"x\"}")) {
            Answer answer = post("/api/admin/users", ADMIN, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo("role");
        }
        Answer answer = token(", \"userId\": 999999999");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo("userId");
        assertThat(token(", \"expiresInDays\": 0").status()).isEqualTo(400);
    }

    @Test
    void aTokenIsShownOnceAndEndedAtOnce() {
        Answer made = token("");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String value = made.json().path("token").asText();
        long id = made.json().path("id").asLong();
        assertThat(value).matches("atm_[A-Za-z0-9_-]{43}");
        assertThat(Instant.parse(made.json().path("expiresAt").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
        assertThat(get("/api/projects", value).status()).isEqualTo(200);
        Answer list = get("/api/admin/tokens?limit=500");
        assertThat(list.json()).anyMatch(token -> token.path("id").asLong() == id && token.has("lastUsedAt"));
        assertThat(list.text()).doesNotContain(value).doesNotContain("hash");
        assertThat(get("/api/audit-log?limit=500").text()).doesNotContain(value).doesNotContain("hash");

        assertThat(delete("/api/admin/tokens/" + id, ADMIN).status()).isEqualTo(204);
        assertThat(get("/api/projects", value).status()).isEqualTo(401);
        assertThat(lastEntry("token.delete", "token/" + id)
                        .path("before")
                        .path("name")
                        .asText())
                .isEqualTo("n");
    }

    @Test
    void withAUserGoTheirTokens() {
        String name = name();
        long user = create(name, "MANAGER");
        String value = token(", \"userId\": " + user + ", \"expiresInDays\": 5")
                .json()
                .path("token")
                .asText();
        assertThat(get("/api/projects", value).status()).isEqualTo(200);
        delete("/api/admin/users/" + user, ADMIN);
        assertThat(get("/api/projects", value).status()).isEqualTo(401);
    }

    @Test
    void aUserHasOnlySoManyTokens() {
        long user = create(name(), "VIEWER");
        long first = token(", \"userId\": " + user).json().path("id").asLong();
        for (int n = 1; n < 10; n++) {
            assertThat(token(", \"userId\": " + user).status()).isEqualTo(201);
        }
        Answer eleventh = token(", \"userId\": " + user);
        assertThat(eleventh.status()).isEqualTo(409);
        assertThat(eleventh.json().path("detail").asText()).contains("(10)");
        delete("/api/admin/tokens/" + first, ADMIN);
        assertThat(token(", \"userId\": " + user).status()).isEqualTo(201);
    }

    @Test
    void listsArePaged() {
        for (int n = 0; n < 3; n++) {
            create(name(), "VIEWER");
        }
        Answer page = get("/api/admin/users?limit=2&sort=-createdAt");
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.json()).hasSize(2);
        assertThat(page.header("Link")).contains("rel=\"next\"");
        assertThat(Integer.parseInt(page.header("X-Total-Count"))).isGreaterThanOrEqualTo(3);
        assertThat(get("/api/admin/tokens?limit=1&sort=-expiresAt").json()).hasSize(1);
        assertThat(get("/api/admin/users?sort=role").status()).isEqualTo(400);
    }

    @Test
    void theAuditLogIsFiltered() {
        Instant before = Instant.now().minusSeconds(5);
        String name = name();
        long id = create(name, "ADMIN");
        String value = post(
                        "/api/admin/tokens",
                        ADMIN,
                        """
                        {"name": "x", "role": "ADMIN", "userId": %d}""".formatted(id))
                .json()
                .path("token")
                .asText();
        long victim = post("/api/admin/users", value, user(name(), "VIEWER"))
                .json()
                .path("id")
                .asLong();
        JsonNode mine = get("/api/audit-log?actor=" + name).json();
        assertThat(mine).hasSize(1);
        assertThat(mine.path(0).path("target").asText()).isEqualTo("user/" + victim);
        assertThat(mine.path(0).path("action").asText()).isEqualTo("user.create");
        assertThat(mine.path(0).has("before")).isFalse();
        assertThat(get("/api/audit-log?actor=" + name + "&action=user.delete").json())
                .isEmpty();
        assertThat(get("/api/audit-log?actor=" + name + "&from=" + before).json())
                .hasSize(1);
        assertThat(get("/api/audit-log?actor=" + name + "&to=" + before).json()).isEmpty();
        assertThat(get("/api/audit-log?limit=1").header("Link")).contains("rel=\"next\"");
    }

    @Test
    void theLastWayInStays() {
        long environment = jdbc.sql("SELECT id FROM api_tokens WHERE origin = 'environment'")
                .query(Long.class)
                .single();
        jdbc.sql("DELETE FROM api_tokens WHERE role = 'ADMIN' AND origin = 'api'")
                .update();
        Answer refused = delete("/api/admin/tokens/" + environment, ADMIN);
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(get("/api/projects").status()).isEqualTo(200);
    }

    @Test
    void theUserWhoIsTheLastWayInStays() {
        long id = create(name(), "ADMIN");
        String value = post(
                        "/api/admin/tokens",
                        ADMIN,
                        """
                        {"name": "last", "role": "ADMIN", "userId": %d}""".formatted(id))
                .json()
                .path("token")
                .asText();
        jdbc.sql("DELETE FROM api_tokens WHERE role = 'ADMIN' AND origin = 'api' AND user_id IS DISTINCT FROM ?")
                .param(id)
                .update();
        jdbc.sql("UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE origin = 'environment'")
                .update();
        try {
            assertThat(delete("/api/admin/users/" + id, value).status()).isEqualTo(409);
            assertThat(put("/api/admin/users/" + id, value, user(name(), "VIEWER"))
                            .status())
                    .isEqualTo(409);
        } finally {
            jdbc.sql("UPDATE api_tokens SET expires_at = NULL WHERE origin = 'environment'")
                    .update();
        }
        assertThat(delete("/api/admin/users/" + id, ADMIN).status()).isEqualTo(204);
    }

    @Test
    void theKeysAreShownWithoutTheirMaterial() {
        Answer keys = get("/api/admin/encryption-keys");
        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.json().path("activeKeyId").asLong()).isPositive();
        assertThat(keys.json().path("remainingSecrets").isInt()).isTrue();
        assertThat(keys.text()).doesNotContain("keyset");
    }
}
