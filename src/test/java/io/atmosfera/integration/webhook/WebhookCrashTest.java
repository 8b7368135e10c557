package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.PlatformProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A 202 is kept whatever dies after it: the platform and PostgreSQL are killed in the middle of a load. */
class WebhookCrashTest extends WebhookCrashSupport {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedSurvivesFiveKills() throws Exception {
        try (MortalPostgres postgres = MortalPostgres.start(folder);
                PlatformProcess platform = new PlatformProcess(folder, postgres.address(), SETTINGS)) {
            platform.begin().ready();
            assertThat(platform.statusesAtItsStart())
                    .as("the API while the platform starts")
                    .contains(200)
                    .isSubsetOf(200, 503);
            IssueLoad load =
                    new IssueLoad(path(project(platform)), SECRET, any -> platform.port()).begin(Duration.ofMillis(10));

            goesOn(load);
            postgres.kill();
            isRefusedAtOnce(load);
            postgres.revive();
            goesOn(load);
            platform.kill();
            platform.begin().ready();
            goesOn(load);
            postgres.kill();
            postgres.revive();
            goesOn(load);
            postgres.kill();
            platform.kill();
            postgres.revive();
            platform.begin().ready();
            goesOn(load);
            load.end();

            assertThat(load.refusals()).isSubsetOf(0, 503);
            assertNothingLostOrDoubled(jdbc(postgres.address()), load);
        }
    }

    private static void goesOn(IssueLoad load) {
        int before = load.acknowledged().size();
        await().atMost(LIMIT).until(() -> load.acknowledged().size() > before + 300);
    }

    /** The platform itself is there and says so. */
    private static void isRefusedAtOnce(IssueLoad load) {
        await().atMost(LIMIT).until(() -> load.refusals().contains(503));
    }
}
