package io.atmosfera.integration;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Closes the platforms of the tests when the last test of the process is done. Left to the end of the JVM, PostgreSQL is
 * stopped beside them, and each waits in vain for exchanges that wait for a connection. The end is that of the launcher's
 * session: Surefire runs each class of a fork by itself, and what closes with the engine closes after each class.
 */
public class PlatformsClose implements TestExecutionListener, LauncherSessionListener {

    private static final Set<TestContext> USED = ConcurrentHashMap.newKeySet();

    @Override
    public void afterTestClass(TestContext test) {
        USED.add(test);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Set<ApplicationContext> running = USED.stream()
                .filter(TestContext::hasApplicationContext)
                .map(TestContext::getApplicationContext)
                .collect(Collectors.toSet());
        running.parallelStream().forEach(PlatformsClose::close);
    }

    private static void close(ApplicationContext platform) {
        if (platform instanceof ConfigurableApplicationContext closeable) {
            closeable.close();
        }
    }
}
