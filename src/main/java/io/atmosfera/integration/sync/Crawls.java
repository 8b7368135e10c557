package io.atmosfera.integration.sync;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Begins crawls, for the routes that split them into pages. */
@Component("crawls")
public class Crawls {

    private final CamelContext context;
    private final ProducerTemplate camel;
    private final SyncLeases leases;

    Crawls(CamelContext context, ProducerTemplate camel, SyncLeases leases) {
        this.context = context;
        this.camel = camel;
        this.leases = leases;
    }

    /**
     * The pages of a stream.
     *
     * @param variables of the sync, which the routes that fetch and prepare its pages see
     */
    public <R extends PageRequest, P, S> Crawl<R, P, S> of(Pager<R, P, S> pager, Map<String, Object> variables) {
        return new Crawl<>(pager, new Calls(new HashMap<>(variables)));
    }

    /**
     * The batches of a work queue.
     *
     * @param statement the file under {@code sql/} that finds the next one, without its ending
     * @param variables see {@link #of}
     */
    public Crawl<?, ?, ?> queue(String statement, Map<String, Object> variables) {
        return of(new QueuePager(new QueueRequest(statement)), variables);
    }

    /** Notes that the page of a crawl that came last is stored. */
    public void acknowledge(Crawl<?, ?, ?> crawl) {
        crawl.acknowledge();
    }

    /** The routes that a crawl calls, each on an exchange of its own. */
    final class Calls {

        private final Map<String, Object> variables;

        private Calls(Map<String, Object> variables) {
            this.variables = variables;
        }

        /**
         * Passes while the platform runs, so that a stop never waits for a whole sync.
         *
         * @throws PlatformStopsException if it is being stopped
         */
        void goOn() {
            leases.goOn();
        }

        <P> CompletableFuture<P> fetch(PageRequest request, boolean beside) {
            return call("direct:page-fetch", request, beside);
        }

        <S extends @Nullable Object> CompletableFuture<S> prepare(FetchedPage page, boolean beside) {
            return call("direct:page-prepare", page, beside);
        }

        private <T extends @Nullable Object> CompletableFuture<T> call(String route, Object body, boolean beside) {
            Exchange message = new DefaultExchange(context, ExchangePattern.InOut);
            message.getMessage().setBody(body);
            variables.forEach(message::setVariable);
            CompletableFuture<Exchange> answer = beside
                    ? camel.asyncSend(route, message)
                    : CompletableFuture.completedFuture(camel.send(route, message));
            return answer.thenCompose(answered -> {
                if (answered.getException() != null) {
                    return CompletableFuture.failedFuture(answered.getException());
                }
                @SuppressWarnings("unchecked") // The pager knows what its routes give.
                T given = (T) answered.getMessage().getBody();
                return CompletableFuture.completedFuture(given);
            });
        }
    }
}
