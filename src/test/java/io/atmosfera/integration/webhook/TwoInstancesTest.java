package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.PlatformProcess;
import io.atmosfera.integration.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two platforms at one database share the work: nothing is done twice, the order is kept, and one is enough. */
class TwoInstancesTest extends WebhookCrashSupport {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void bothApplyEventsOfTheSameIssuesAndOneCanBeKilled() throws Exception {
        String database = TestDatabase.create();
        try (PlatformProcess one = new PlatformProcess(folder, database, SETTINGS);
                PlatformProcess other = new PlatformProcess(folder, database, SETTINGS)) {
            one.begin();
            other.begin();
            one.ready();
            other.ready();
            AtomicBoolean killed = new AtomicBoolean();
            IssueLoad load = new IssueLoad(
                            path(project(one)),
                            SECRET,
                            attempt -> killed.get() || attempt % 2 == 0 ? other.port() : one.port())
                    .begin(Duration.ofMillis(2));

            await().atMost(LIMIT).until(() -> load.acknowledged().size() > 1500);
            one.kill();
            killed.set(true);
            await().atMost(LIMIT).until(() -> load.acknowledged().size() > 2500);
            load.end();

            assertThat(load.refusals()).isSubsetOf(0);
            assertNothingLostOrDoubled(jdbc(database), load);
        }
    }
}
