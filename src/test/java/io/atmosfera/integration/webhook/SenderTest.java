package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.inbox.Reach;
import io.atmosfera.integration.inbox.Webhooks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Whose deliveries a sender's signature stands for. */
class SenderTest {

    private static final String HOOK = "https://integration.example.com/api/webhooks/github";

    private static Sender sender(long project, String type, @Nullable String address) {
        Reach reach = new Reach(List.of("github.com"), List.of("octo/hello"), false, List.of("7"), address);
        return new Sender(project, type, reach, Mockito.mock(Webhooks.class), List.of());
    }

    @Test
    void aSenderThatWasReadAgainIsTheSame() {
        // What is known of senders is read again when anything of them changes, also while a delivery is taken in.
        assertThat(sender(1, "jira", null).hasHooksWith(sender(1, "jira", null)))
                .isTrue();
        assertThat(sender(1, "github", HOOK).hasHooksWith(sender(1, "github", null)))
                .isTrue();
    }

    @Test
    void othersShareAHookOnlyWithItsAddress() {
        assertThat(sender(1, "github", HOOK).hasHooksWith(sender(2, "github", HOOK)))
                .isTrue();
        assertThat(sender(1, "github", HOOK).hasHooksWith(sender(2, "github", null)))
                .isFalse();
        assertThat(sender(1, "github", null).hasHooksWith(sender(2, "github", null)))
                .isFalse();
        assertThat(sender(1, "jira", null).hasHooksWith(sender(2, "jira", null)))
                .isFalse();
    }
}
