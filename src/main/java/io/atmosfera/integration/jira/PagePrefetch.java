package io.atmosfera.integration.jira;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the next page ready while the last one is stored: fetched, mapped, compared with what is stored. The one thing of
 * a walk that happens beside its route.
 */
@Component("pagePrefetch")
public class PagePrefetch {

    private final ProducerTemplate camel;

    PagePrefetch(ProducerTemplate camel) {
        this.camel = camel;
    }

    /** What to make ready, and for which sync. */
    public record Order(SyncRun run, SearchRequest request) {}

    /** A page on its way. */
    public record Pending(SearchRequest request, CompletableFuture<ReadyPage> page) {}

    /** Asks for a page; null where there is none to ask for. */
    public @Nullable Pending begin(SyncRun run, @Nullable SearchRequest request) {
        return request == null
                ? null
                : new Pending(
                        request,
                        camel.asyncRequestBody("direct:jira-page-ahead", new Order(run, request), ReadyPage.class));
    }

    /**
     * Waits for a page.
     *
     * @throws JiraException as the fetching route ended
     */
    public ReadyPage await(Pending pending) throws Throwable {
        try {
            return pending.page().join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw cause instanceof CamelExecutionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : cause;
        }
    }
}
