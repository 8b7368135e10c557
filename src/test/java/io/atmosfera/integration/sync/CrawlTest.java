package io.atmosfera.integration.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.outbound.RootCause;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a streaming split over a crawl fetches and stores, and when. */
class CrawlTest {

    private static final int PAGES = 6;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Integer> fetched = new CopyOnWriteArrayList<>();
    private final List<Integer> stored = new CopyOnWriteArrayList<>();
    private IntConsumer store = page -> {};

    private record Request(int page) implements PageRequest {

        @Override
        public String fetchRoute() {
            return "test";
        }

        @Override
        public String prepareRoute() {
            return "test";
        }
    }

    /** Pages that are numbers; the page 0 is refused, and 1 takes its place. */
    private record Numbers(int from, boolean isPipelined, int ahead) implements Pager<Request, Integer, Integer> {

        @Override
        public @Nullable Request first() {
            return new Request(from);
        }

        @Override
        public @Nullable Request next(Request request, Integer page) {
            return page >= PAGES ? null : new Request(page + 1);
        }

        @Override
        public Request instead(Request request, Throwable failure) throws Throwable {
            if (request.page() != 0) {
                throw failure;
            }
            return new Request(1);
        }

        @Override
        public int ahead(Integer page) {
            return ahead;
        }

        @Override
        public @Nullable Object turn(Request request, Integer page, @Nullable Integer prepared) {
            return prepared == null || prepared % 3 == 0 ? null : prepared;
        }
    }

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:page-fetch").process(message -> {
                    int page = message.getMessage().getBody(Request.class).page();
                    fetched.add(page);
                    if (page == 0 || page > PAGES) {
                        throw new IllegalArgumentException("No such page: " + page);
                    }
                    message.getMessage().setBody(page);
                });
                from("direct:page-prepare").process(message -> message.getMessage()
                        .setBody(message.getMessage().getBody(FetchedPage.class).page()));
                from("direct:crawl")
                        .errorHandler(noErrorHandler())
                        .split(simple("${variable.crawl}"))
                        .streaming()
                        .stopOnException()
                        .process(message -> {
                            int page = message.getMessage().getBody(Integer.class);
                            store.accept(page);
                            stored.add(page);
                            message.getVariable("crawl", Crawl.class).acknowledge();
                        });
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private @Nullable Exception crawl(Numbers pager) {
        SyncProperties properties = new SyncProperties(Duration.ofSeconds(1), 1, 1, 1);
        Crawls crawls =
                new Crawls(camel, camel.createProducerTemplate(), new SyncLeases(properties, camel, Clock.systemUTC()));
        Exchange ended = camel.createProducerTemplate()
                .send("direct:crawl", message -> message.setVariable("crawl", crawls.of(pager, Map.of())));
        return ended.getException();
    }

    @Test
    void aCrawlStoresThePagesThatHaveChangedInTheirOrder() {
        assertThat(crawl(new Numbers(1, false, 0))).isNull();

        assertThat(fetched).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(stored).containsExactly(1, 2, 4, 5);
    }

    @Test
    void behindAPageThatIsNotStoredComesNothing() {
        store = page -> {
            if (page == 2) {
                throw new IllegalStateException("The database is away.");
            }
        };

        assertThat(RootCause.of(crawl(new Numbers(1, false, 0)))).hasMessage("The database is away.");
        assertThat(fetched).containsExactly(1, 2);
        assertThat(stored).containsExactly(1);
    }

    @Test
    void aPageThatCannotBeFetchedEndsTheCrawlBehindThePagesBefore() {
        assertThat(RootCause.of(crawl(new Numbers(PAGES + 1, true, 2)))).hasMessage("No such page: 7");
        assertThat(stored).isEmpty();
    }

    @Test
    void aRefusedPageIsReplaced() {
        assertThat(crawl(new Numbers(0, true, 2))).isNull();

        assertThat(fetched).startsWith(0, 1, 2);
        assertThat(stored).containsExactly(1, 2, 4, 5);
    }

    @Test
    void whileAPageIsStoredTheOneBehindTheNextIsFetched() {
        store = page -> {
            await().atMost(Duration.ofSeconds(10)).until(() -> fetched.size() >= Math.min(PAGES, page + 2));
            assertThat(fetched).as("while page %s is stored", page).hasSizeLessThanOrEqualTo(page + 2);
        };

        assertThat(crawl(new Numbers(1, true, 2))).isNull();
        assertThat(stored).containsExactly(1, 2, 4, 5);
    }

    @Test
    void behindALargePageOnlyTheNextIsFetchedWhileItIsStored() {
        store = page -> {
            await().atMost(Duration.ofSeconds(10)).until(() -> fetched.size() >= Math.min(PAGES, page + 1));
            assertThat(fetched).as("while page %s is stored", page).hasSizeLessThanOrEqualTo(page + 1);
        };

        assertThat(crawl(new Numbers(1, true, 1))).isNull();
        assertThat(stored).containsExactly(1, 2, 4, 5);
    }
}
