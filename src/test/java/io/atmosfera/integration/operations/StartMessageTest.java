package io.atmosfera.integration.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartMessageTest {

    @Test
    void theFirstStepsCanBeCopied() {
        assertThat(StartMessage.firstSteps("http://localhost:8080", Optional.of("abc"), 7))
                .contains("http://localhost:8080\n")
                .contains("TOKEN=abc\n")
                .contains("http://localhost:8080/api/projects\n")
                .contains("\"http://localhost:8080/api/projects/7/jira-tickets?status=Done&limit=5\"\n")
                .contains("http://localhost:8080/api/projects/7/jira-sync\n");
    }

    @Test
    void aTokenThatIsNoLongerShownIsSpokenOf() {
        assertThat(StartMessage.firstSteps("http://localhost:8080", Optional.empty(), 7))
                .contains("TOKEN=(the one that was shown at the first start)");
    }

    @Test
    void aTokenThatWasMadeStandsInTheLastLines() {
        assertThat(StartMessage.shownOnce(Optional.of("atm_made"))).contains("shown this once:\n\n  atm_made\n");
        assertThat(StartMessage.shownOnce(Optional.empty())).isEmpty();
    }

    @Test
    void elsewhereOneLineTellsTheAddress() {
        assertThat(StartMessage.ready("http://localhost:8080")).hasLineCount(1).endsWith("http://localhost:8080");
    }
}
