package io.atmosfera.integration;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Looks at once at what a test waits for, soon again, and then less and less often: of the 100 ms that Awaitility leaves
 * by default before each look the gate would spend minutes.
 */
public class PromptPolls implements LauncherSessionListener {

    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(100);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(PromptPolls::next, FIRST));
    }

    private static Duration next(Duration last) {
        Duration longer = last.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
}
