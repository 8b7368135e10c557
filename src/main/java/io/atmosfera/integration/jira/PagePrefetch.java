package io.atmosfera.integration.jira;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Fetches the next page and makes it ready (maps it, compares it with what is stored) while the last one is stored: the
 * one thing of a walk that happens beside its route.
 */
@Component("pagePrefetch")
public class PagePrefetch {

    private final ProducerTemplate camel;

    PagePrefetch(ProducerTemplate camel) {
        this.camel = camel;
    }

    /** A page on its way: as it comes in, and as it is ready to be stored. */
    public record Pending(
            SearchRequest request, CompletableFuture<IssuePage> page, CompletableFuture<ReadyPage> ready) {}

    /** A page that has come in, for the sync that asked for it. */
    public record Arrival(SyncRun run, SearchRequest request, IssuePage page) {}

    /** Asks for a page; null where there is none to ask for. */
    public @Nullable Pending begin(SyncRun run, @Nullable SearchRequest request) {
        if (request == null) {
            return null;
        }
        CompletableFuture<IssuePage> page = camel.asyncRequestBody("direct:jira-page-fetch", request, IssuePage.class);
        return new Pending(request, page, page.thenApply(arrived -> ready(new Arrival(run, request, arrived))));
    }

    private ReadyPage ready(Arrival arrival) {
        return camel.requestBody("direct:jira-page-ready", arrival, ReadyPage.class);
    }

    /**
     * Waits for a page to come in: then it is known where the walk goes on.
     *
     * @throws JiraException as the fetching route ended
     */
    public IssuePage await(Pending pending) throws Throwable {
        return result(pending.page());
    }

    /** Waits for a page to be ready. */
    public ReadyPage awaitReady(Pending pending) throws Throwable {
        return result(pending.ready());
    }

    private static <T> T result(CompletableFuture<T> future) throws Throwable {
        try {
            return future.join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw cause instanceof CamelExecutionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : cause;
        }
    }
}
