package io.atmosfera.integration;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Closes what is left of the tests' platforms when the last test is done. Left to the end of the JVM, PostgreSQL is
 * stopped beside them, and each waits in vain for exchanges that wait for a connection.
 */
class PlatformsClose implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext test) {
        if (SpringExtension.getApplicationContext(test) instanceof ConfigurableApplicationContext platform) {
            test.getRoot()
                    .getStore(ExtensionContext.Namespace.create(PlatformsClose.class))
                    .getOrComputeIfAbsent(Running.class)
                    .platforms
                    .add(platform);
        }
    }

    /** The platforms that were started and not closed by Spring to make room. */
    static class Running implements ExtensionContext.Store.CloseableResource {

        private final Set<ConfigurableApplicationContext> platforms = ConcurrentHashMap.newKeySet();

        @Override
        public void close() {
            platforms.stream().filter(ConfigurableApplicationContext::isActive).toList().parallelStream()
                    .forEach(ConfigurableApplicationContext::close);
        }
    }
}
