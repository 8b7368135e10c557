package io.atmosfera.integration.http;

import io.atmosfera.integration.database.DatabaseProperties;
import io.atmosfera.integration.database.RequestScope;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Where routes answer requests, on the threads of {@code spring.task.execution}: each within a {@link RequestScope}, which is
 * given up after its time, or when its client goes.
 */
@Component
class RequestTasks implements TaskDecorator {

    /** Requests that are answered sooner need nobody who looks whether their clients are still there. */
    private static final long WATCHED_AFTER_MS = 1000;

    private final DatabaseProperties limits;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "request-limits");
        thread.setDaemon(true);
        return thread;
    });

    RequestTasks(DatabaseProperties limits) {
        this.limits = limits;
    }

    @Override
    public Runnable decorate(Runnable task) {
        HttpServletRequest request = request();
        return request == null ? task : () -> answer(task, request);
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
                ? servlet.getRequest()
                : null;
    }

    private void answer(Runnable task, HttpServletRequest request) {
        boolean reads = request.getMethod().equals("GET");
        try (RequestScope scope = RequestScope.begin();
                ClientWatch watch =
                        ClientWatch.of(request, () -> clock.execute(reads ? scope::giveUp : scope::cancelStatements))) {
            // What a request changes may wait for another system in between; there each statement has its limit.
            ScheduledFuture<?> limit =
                    reads ? clock.schedule(scope::giveUp, limits.requestTimeoutMs(), TimeUnit.MILLISECONDS) : null;
            ScheduledFuture<?> watching = clock.schedule(watch::begin, WATCHED_AFTER_MS, TimeUnit.MILLISECONDS);
            try {
                task.run();
            } finally {
                watching.cancel(false);
                if (limit != null) {
                    limit.cancel(false);
                }
            }
        }
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }
}
