package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.RootCause;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a stream in their order, for a streaming {@code split}. Each has to be acknowledged when it is stored: the
 * splitter asks whether there is more before that, once, and after a failure it drains what it iterates over. So there seems to be
 * more until the end is known, and behind a page that was not acknowledged comes nothing.
 *
 * <p>A pipelined crawl stores one page while the next is prepared and the one behind that is fetched.
 */
public final class Crawl<R extends PageRequest, P, S> implements Iterator<@Nullable Object> {

    private final Pager<R, P, S> pager;
    private final Crawls.Calls calls;
    private @Nullable Pending<R, P, S> pending;
    private boolean acknowledged = true;
    private boolean askedBeforeStored;
    private boolean ended;

    Crawl(Pager<R, P, S> pager, Crawls.Calls calls) {
        this.pager = pager;
        this.calls = calls;
    }

    /**
     * A page on its way.
     *
     * @param turn   done when it begins to be stored
     * @param stored done when it is
     * @param next   the page behind it, null at the end
     */
    private record Pending<R extends PageRequest, P, S>(
            R request,
            CompletableFuture<P> page,
            CompletableFuture<@Nullable S> prepared,
            CompletableFuture<Boolean> turn,
            CompletableFuture<Boolean> stored,
            CompletableFuture<@Nullable Pending<R, P, S>> next) {}

    /** Whether there may be more. Asked again before a page was acknowledged, no: then storing it has failed. */
    @Override
    public boolean hasNext() {
        ended |= !acknowledged && askedBeforeStored;
        askedBeforeStored = !acknowledged;
        return !ended;
    }

    /** The next page to store; null, which a splitter skips, at the end. */
    @Override
    public @Nullable Object next() {
        if (!acknowledged) {
            ended = true;
            return null;
        }
        acknowledged = false;
        askedBeforeStored = false;
        try {
            Object page = advance();
            ended = page == null;
            return page;
        } catch (Throwable failure) {
            ended = true;
            throw unchecked(failure);
        }
    }

    /**
     * Notes that the page that came last is stored.
     *
     * @throws IllegalStateException if the splitter was told that there is no more: pages would be lost
     */
    void acknowledge() {
        if (ended) {
            throw new IllegalStateException("The splitter asked twice for the page behind one that was not stored yet");
        }
        acknowledged = true;
    }

    private @Nullable Object advance() throws Throwable {
        calls.goOn();
        Pending<R, P, S> one = pending == null ? begin(pager.first(), true) : behind(pending);
        while (one != null) {
            pending = one;
            P page;
            try {
                page = result(one.page());
            } catch (Throwable failure) {
                one = Objects.requireNonNull(begin(pager.instead(one.request(), failure), true));
                pending = one;
                page = result(one.page());
            }
            one.turn().complete(true);
            Object element = pager.turn(one.request(), page, result(one.prepared()));
            if (element != null) {
                return element;
            }
            one = behind(one);
        }
        return null;
    }

    private @Nullable Pending<R, P, S> behind(Pending<R, P, S> done) throws Throwable {
        done.stored().complete(true);
        return result(done.next());
    }

    private @Nullable Pending<R, P, S> begin(@Nullable R request, boolean free) {
        return request == null ? null : begin(request, CompletableFuture.completedFuture(free));
    }

    private Pending<R, P, S> begin(R request, CompletableFuture<Boolean> turnBefore) {
        CompletableFuture<P> page = calls.fetch(request, pager.isPipelined());
        CompletableFuture<@Nullable S> prepared = request.prepareRoute() == null
                ? CompletableFuture.completedFuture(null)
                : page.thenCompose(arrived -> calls.prepare(new FetchedPage(request, arrived), pager.isPipelined()));
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        CompletableFuture<@Nullable Pending<R, P, S>> next = page.thenCompose(arrived -> {
            CompletableFuture<Boolean> gate =
                    switch (pager.ahead(arrived)) {
                        case 0 -> stored;
                        case 1 -> turn;
                        default -> turnBefore;
                    };
            return gate.thenApply(free -> {
                R following = pager.next(request, arrived);
                return following == null ? null : begin(following, turn);
            });
        });
        return new Pending<>(request, page, prepared, turn, stored, next);
    }

    private static <T extends @Nullable Object> T result(CompletableFuture<T> future) throws Throwable {
        try {
            return future.join();
        } catch (CompletionException failed) {
            throw RootCause.unwrapped(failed);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new RuntimeCamelException(failure);
    }
}
