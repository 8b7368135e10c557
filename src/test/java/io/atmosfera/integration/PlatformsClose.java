package io.atmosfera.integration;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Closes what is left of the tests' platforms when the last test is done. Left to the end of the JVM, PostgreSQL is
 * stopped beside them, and each waits in vain for exchanges that wait for a connection. Spring is told, since Maven may
 * try failed tests again afterwards.
 */
class PlatformsClose implements TestExecutionListener, AfterAllCallback {

    private static final Set<TestContext> USED = ConcurrentHashMap.newKeySet();

    @Override
    public void afterTestClass(TestContext test) {
        USED.add(test);
    }

    @Override
    public void afterAll(ExtensionContext test) {
        test.getRoot()
                .getStore(ExtensionContext.Namespace.create(PlatformsClose.class))
                .getOrComputeIfAbsent(End.class);
    }

    /** The end of all tests. */
    static class End implements ExtensionContext.Store.CloseableResource {

        @Override
        public void close() {
            Set<ApplicationContext> running = USED.stream()
                    .filter(TestContext::hasApplicationContext)
                    .map(TestContext::getApplicationContext)
                    .collect(Collectors.toSet());
            running.parallelStream().forEach(End::close);
            USED.forEach(test -> test.markApplicationContextDirty(HierarchyMode.CURRENT_LEVEL));
            USED.clear();
        }

        private static void close(ApplicationContext platform) {
            if (platform instanceof ConfigurableApplicationContext closeable) {
                closeable.close();
            }
        }
    }
}
