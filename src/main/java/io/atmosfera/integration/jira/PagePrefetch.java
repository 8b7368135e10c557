package io.atmosfera.integration.jira;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What of a walk happens beside its route: while a page is stored, the next one is made ready (mapped, compared with what
 * is stored) and the one behind it is fetched.
 */
@Component("pagePrefetch")
public class PagePrefetch {

    /** Of larger pages there are never three in memory: one is asked for when the page before it is stored. */
    private static final int MOST_BYTES_OF_THREE = 2 * 1024 * 1024;

    private final ProducerTemplate camel;
    private final SyncRuns runs;

    PagePrefetch(ProducerTemplate camel, SyncRuns runs) {
        this.camel = camel;
        this.runs = runs;
    }

    /**
     * A page on its way.
     *
     * @param request what was asked for
     * @param page    the page as it comes in
     * @param ready   the page as it can be stored
     * @param turn    done when the page before it is stored
     * @param next    the page behind it, null at the end
     */
    public record Pending(
            SearchRequest request,
            CompletableFuture<IssuePage> page,
            CompletableFuture<ReadyPage> ready,
            CompletableFuture<Boolean> turn,
            CompletableFuture<@Nullable Pending> next) {}

    /** A page that has come in, for the sync that asked for it. */
    public record Arrival(SyncRun run, SearchRequest request, IssuePage page) {}

    /** Requests a page, the first of those that follow; null if there is none to request. */
    public @Nullable Pending begin(SyncRun run, @Nullable SearchRequest request) {
        return request == null ? null : begin(run, request, CompletableFuture.completedFuture(true));
    }

    private Pending begin(SyncRun run, SearchRequest request, CompletableFuture<Boolean> turnBefore) {
        CompletableFuture<IssuePage> page = camel.asyncRequestBody("direct:jira-page-fetch", request, IssuePage.class);
        CompletableFuture<ReadyPage> ready = page.thenCompose(arrived ->
                camel.asyncRequestBody("direct:jira-page-ready", new Arrival(run, request, arrived), ReadyPage.class));
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        CompletableFuture<@Nullable Pending> next = page.thenCompose(
                arrived -> (arrived.body().length > MOST_BYTES_OF_THREE ? turn : turnBefore).thenApply(free -> {
                    SearchRequest following = runs.next(request, arrived);
                    return following == null ? null : begin(run, following, turn);
                }));
        return new Pending(request, page, ready, turn, next);
    }

    /**
     * Waits for a page to come in.
     *
     * @throws JiraException as the fetching route ended
     */
    public IssuePage await(Pending pending) throws Throwable {
        return result(pending.page());
    }

    /** Waits for a page to be ready; it is its turn to be stored. */
    public ReadyPage awaitReady(Pending pending) throws Throwable {
        pending.turn().complete(true);
        return result(pending.ready());
    }

    /** The page behind one that is done with; null at the end. */
    public @Nullable Pending next(Pending done) throws Throwable {
        done.turn().complete(true);
        return result(done.next());
    }

    private static <T extends @Nullable Object> T result(CompletableFuture<T> future) throws Throwable {
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
