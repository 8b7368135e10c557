package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.ContractOperation;
import io.atmosfera.integration.PlatformTest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation of the contract, tried with every role that is too low for it. */
class RoleTest extends PlatformTest {

    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    private record Operation(String method, String path, Role role) {}

    private static Stream<Operation> operations() {
        return ContractOperation.all()
                .map(operation ->
                        new Operation(operation.method(), operation.path(999_999_999), Role.valueOf(operation.role())));
    }

    private Answer call(Operation operation, @Nullable String token) {
        return send(request(operation.method(), operation.path(), token, null));
    }

    private String token(Role role) {
        return TOKENS.computeIfAbsent(role, some -> tokenOf(some.name()));
    }

    @TestFactory
    Stream<DynamicTest> noOperationAnswersTooLowARole() {
        return operations()
                .map(operation -> DynamicTest.dynamicTest(operation.method() + " " + operation.path(), () -> {
                    assertThat(call(operation, NOBODY).status()).isEqualTo(401);
                    for (Role role : Role.values()) {
                        int status = call(operation, token(role)).status();
                        if (role.includes(operation.role())) {
                            // The thing does not exist and the body is missing: anything but a refusal.
                            if (operation.method().equals("GET")) {
                                assertThat(status).as(role.name()).isNotIn(401, 403);
                            }
                        } else {
                            assertThat(status).as(role.name()).isEqualTo(403);
                        }
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/users/",
                "/api/admin//users",
                "//api/admin/users",
                "/api/admin/users;a=b",
                "/api/admin;/users",
                "/api/admin%2Fusers",
                "/api%2fadmin/users",
                "/api/admin/%75sers",
                "/api/%61dmin/users",
                "/API/admin/users",
                "/api/Admin/Users",
                "/api/./admin/users",
                "/api/projects/../admin/users",
                "/api/projects/%2e%2e/admin/users",
                "/api/admin/users%00",
                "/api/admin/users%20",
                "/api/admin/users.json",
                "/api/admin/users/.",
                "/api/admin\\users",
                "/api/admin%5cusers",
                "/api/admin/users%3Fa",
                "/api/admin/users%23",
                "/api/admin/users%0a",
                "/swagger-ui/../api/admin/users",
                "/actuator/health/../../api/admin/users",
                "/actuator/health/%2e%2e/jolokia",
                "/actuator/health/..;/jolokia",
                "/actuator//jolokia",
                "/actuator/jolokia;x",
                "/Actuator/jolokia",
                "/actuator/prometheus/../jolokia"
            })
    void noTrickWithThePathGetsBehindARole(String path) {
        for (String token : new @Nullable String[] {NOBODY, token(Role.VIEWER)}) {
            int status = RawHttp.send(
                            port,
                            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n")
                    .status();
            assertThat(status)
                    .as("%s with %s", path, token == null ? "no token" : "a token")
                    .isIn(400, 401, 403, 404);
        }
    }

    @Test
    void aKnownPathWithAnotherMethodIs405() {
        Answer answer = put("/api/projects", token(Role.VIEWER), "{}");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(Set.of(answer.header("Allow").split(", "))).isEqualTo(Set.of("GET", "POST"));
        assertThat(put("/api/projects", NOBODY, "{}").status()).isEqualTo(401);
        for (String method : List.of("HEAD", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "GET2")) {
            assertThat(send(request(method, "/api/projects", token(Role.VIEWER), null))
                            .status())
                    .as(method)
                    .isEqualTo(405);
        }
    }

    @Test
    void anUnknownPathIs404ForThoseWhoAreKnown() {
        assertThat(get("/api/nothing", token(Role.VIEWER)).status()).isEqualTo(404);
        assertThat(get("/nothing", token(Role.VIEWER)).status()).isEqualTo(404);
        assertThat(get("/error", token(Role.VIEWER)).status()).isEqualTo(404);
    }

    @Test
    void theRoleOfATokenIsNeverAboveItsUsers() {
        long user = post("/api/admin/users", ADMIN, "{\"username\": \"lowly\", \"role\": \"VIEWER\"}")
                .json()
                .path("id")
                .asLong();
        String token = post(
                        "/api/admin/tokens",
                        ADMIN,
                        """
                        {"name": "high", "role": "ADMIN", "userId": %d}""".formatted(user))
                .json()
                .path("token")
                .asText();
        assertThat(get("/api/admin/users", token).status()).isEqualTo(403);
        put("/api/admin/users/" + user, ADMIN, "{\"username\": \"lowly\", \"role\": \"ADMIN\"}");
        assertThat(get("/api/admin/users", token).status()).isEqualTo(200);
    }

    @Test
    void webhooksVerifyTheirSendersThemselves() {
        // They come with a later issue: what matters is that no token is asked for.
        for (String path : List.of(
                "/api/webhooks/jira",
                "/api/webhooks/github",
                "/api/projects/1/jira-webhook",
                "/api/projects/1/github-webhook")) {
            assertThat(post(path, NOBODY, "{}").status()).as(path).isNotEqualTo(403);
            assertThat(get(path, NOBODY).status()).as("GET " + path).isEqualTo(401);
        }
    }
}
