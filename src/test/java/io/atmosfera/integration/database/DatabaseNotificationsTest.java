package io.atmosfera.integration.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.PlatformTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseNotificationsTest extends PlatformTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String OURS =
            """
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'integration-platform notifications'""";

    @Autowired
    private DatabaseNotifications notifications;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger gaps = new AtomicInteger();

    private void subscribe(String channel) {
        notifications.subscribe(channel, received::add, gaps::incrementAndGet);
        await().atMost(PATIENCE).until(() -> gaps.get() == 1);
    }

    private void say(String channel, String text) {
        jdbc.sql("SELECT pg_notify(?, ?)::text").params(channel, text).query().singleValue();
    }

    @Test
    void whatIsNotifiedArrivesInOrder() {
        subscribe("test_order");

        IntStream.range(0, 100).forEach(n -> say("test_order", "message " + n));

        await().atMost(PATIENCE).until(() -> received.size() == 100);
        assertThat(received)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(n -> "message " + n).toList());
    }

    @Test
    void aSubscriberHearsItsOwnChannelOnly() {
        subscribe("test_own");

        say("test_other", "not for us");
        say("test_own", "for us");

        await().atMost(PATIENCE).until(() -> !received.isEmpty());
        assertThat(received).containsExactly("for us");
    }

    @Test
    void aSubscriberThatFailsKeepsNobodyElseFromHearing() {
        notifications.subscribe(
                "test_failing",
                text -> {
                    throw new IllegalStateException("on purpose");
                },
                () -> {});
        subscribe("test_failing");

        say("test_failing", "heard");

        await().atMost(PATIENCE).until(() -> !received.isEmpty());
    }

    @Test
    void theWholePlatformListensOverOneConnection() {
        subscribe("test_connection");

        assertThat(jdbc.sql("SELECT count(*) " + OURS).query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void aLostConnectionIsToldAndOpenedAgain(CapturedOutput output) {
        subscribe("test_lost");

        jdbc.sql("SELECT pg_terminate_backend(pid) " + OURS).query().listOfRows();
        await().atMost(PATIENCE).until(() -> gaps.get() == 2);
        say("test_lost", "after the gap");

        await().atMost(PATIENCE).until(() -> received.contains("after the gap"));
        assertThat(output.getAll().lines().filter(line -> line.contains("The database's notifications")))
                .satisfiesExactly(
                        lost -> assertThat(lost).contains("WARN").contains("do not come"),
                        back -> assertThat(back).contains("INFO").contains("come again"));
        assertThat(output.getAll()).doesNotContain("\tat ");
    }
}
