package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.TestDatabase;
import io.atmosfera.integration.database.PlatformData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

/** Starts, one after the other, on a database of their own. */
@ExtendWith(OutputCaptureExtension.class)
class BootstrapTokenTest {

    private static final String GIVEN = "atm_given-by-the-environment";

    private static final JdbcClient JDBC = database();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    private final ApiTokens tokens = new ApiTokens(JDBC);

    private static JdbcClient database() {
        return JdbcClient.create(new DriverManagerDataSource(TestDatabase.create()));
    }

    @BeforeEach
    void nobodyIsThere() {
        JDBC.sql("DELETE FROM api_tokens").update();
    }

    private BootstrapToken start(String given, String... profiles) {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(profiles);
        return new BootstrapToken(JDBC, new TokenMint(), new PlatformData(folder), environment, given);
    }

    private void isAdmin(String token) {
        assertThat(tokens.find(token)).hasValueSatisfying(caller -> {
            assertThat(caller.role()).isEqualTo(Role.ADMIN);
            assertThat(caller.actor()).isEqualTo("admin");
        });
    }

    @Test
    void theFirstStartMakesATokenThatStaysValidAndIsShownOnce(CapturedOutput output) {
        BootstrapToken first = start("");
        String token = first.shownOnce().orElseThrow();
        assertThat(token).matches("atm_[A-Za-z0-9_-]{43}");
        isAdmin(token);
        assertThat(first.shownOnce()).isEmpty();
        assertThat(start("").shownOnce()).isEmpty();
        isAdmin(token);
        // It stands in the last lines of the start (StartMessage), not somewhere in the log.
        assertThat(output.getOut()).doesNotContain(token);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theSandboxShowsItsTokenAtEveryStart() throws IOException {
        BootstrapToken first = start("", "sandbox");
        Optional<String> token = first.shownOnce();
        assertThat(token).isPresent();
        assertThat(first.shownOnce()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin-token"))))
                .isEqualTo("rw-------");
        assertThat(start("", "sandbox").shownOnce()).isEqualTo(token);
        isAdmin(token.orElseThrow());

        Files.delete(folder.resolve("admin-token"));
        Optional<String> next = start("", "sandbox").shownOnce();
        assertThat(next).isPresent().isNotEqualTo(token);
        isAdmin(next.orElseThrow());
        assertThat(tokens.find(token.orElseThrow())).isEmpty();
    }

    @Test
    void theEnvironmentsTokenIsTheOneOfTheLastStart() {
        start(GIVEN);
        start(GIVEN);
        isAdmin(GIVEN);
        start("atm_another-one-of-the-environment");
        isAdmin("atm_another-one-of-the-environment");
        assertThat(tokens.find(GIVEN)).isEmpty();
        start("");
        assertThat(tokens.find("atm_another-one-of-the-environment")).isEmpty();
        assertThat(JDBC.sql("SELECT count(*) FROM api_tokens").query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void thePrintedTokenCanBeGivenByTheEnvironmentLater() {
        String token = start("", "sandbox").shownOnce().orElseThrow();
        start(token);
        isAdmin(token);
        start(token);
        isAdmin(token);
    }

    @Test
    void aTokenThatWasEndedIsNotMadeAgainWhileSomebodyGetsIn() {
        start("", "sandbox");
        JDBC.sql("DELETE FROM api_tokens").update();
        JDBC.sql("INSERT INTO api_tokens (name, role, token_hash) VALUES ('own', 'ADMIN', ?)")
                .param(TokenMint.of("own").hash())
                .update();
        assertThat(start("", "sandbox").shownOnce()).isEmpty();
        JDBC.sql("DELETE FROM api_tokens").update();
        assertThat(start("", "sandbox").shownOnce()).isPresent();
    }
}
