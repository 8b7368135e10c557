package io.atmosfera.integration.webhook;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.atmosfera.integration.database.FurtherPool;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.inbox.Envelope;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Stores deliveries, several waiting requests in one transaction: what costs is the commit that reaches the disk, and it
 * costs the same for one as for a hundred. A request is answered after the commit that holds its delivery. While the
 * database is away every request is refused at once, so that its sender tries again later.
 */
@Component
class EventStore {

    private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);

    /** One, since two would only make the commits smaller: while it commits, the next batch gathers. */
    private static final int WRITERS = 1;

    private static final int ANSWERERS = 2;
    private static final int MOST_WAITING = 5000;
    private static final int MOST_IN_A_COMMIT = 128;
    private static final long MOST_BYTES_IN_A_COMMIT = 16L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long RETRY_SECONDS = 5;
    private static final long LOOK_AGAIN_MILLIS = 500;
    private static final long CONNECT_MILLIS = 2000;
    private static final int ATTEMPTS = 3;

    /** The classes of SQLSTATE for values that are wrong, against a rule, or beyond a limit. */
    private static final Set<String> OF_A_DELIVERY = Set.of("22", "23", "54");

    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final HikariDataSource connections;
    private final InboxBell bell;
    private final Instance instance;
    private final double coalesceSeconds;
    private final ExecutorService answers = Executors.newFixedThreadPool(ANSWERERS, task -> {
        Thread thread = new Thread(task, "webhook-answer");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean away;
    private volatile boolean ended;

    private record Waiting(Delivery delivery, CompletableFuture<Stored> stored) {}

    EventStore(HikariDataSource dataSource, InboxBell bell, Instance instance, WebhookProperties properties) {
        this.connections = ownConnections(dataSource);
        this.bell = bell;
        this.instance = instance;
        this.coalesceSeconds = properties.coalesce().toMillis() / 1000.0;
        for (int i = 0; i < WRITERS; i++) {
            int slot = i;
            Thread writer = new Thread(() -> write(slot), "webhook-intake-" + slot);
            writer.setDaemon(true);
            writer.start();
            writers.add(writer);
        }
    }

    /** Of its own, so that no crowd at the API keeps deliveries out; and none waits for a database that hangs. */
    private static HikariDataSource ownConnections(HikariDataSource shared) {
        HikariConfig config = FurtherPool.like(shared, "webhook-intake");
        config.setMaximumPoolSize(WRITERS);
        config.setMinimumIdle(WRITERS);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("socketTimeout", PATIENCE.toSeconds());
        config.addDataSourceProperty("connectTimeout", 2);
        return new HikariDataSource(config);
    }

    /** Stores a delivery; ends when it is durable, or with 503 where that cannot be had at the moment. */
    CompletableFuture<Stored> store(Delivery delivery) {
        Waiting waiting = new Waiting(delivery, new CompletableFuture<>());
        if (away || ended || !queue.offer(waiting)) {
            return CompletableFuture.failedFuture(unavailable());
        }
        return waiting.stored();
    }

    private static ProblemException unavailable() {
        return new ProblemException(Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE, "The delivery cannot be stored at the moment; send it again.")
                .retryAfter(RETRY_SECONDS));
    }

    private void write(int slot) {
        List<Waiting> batch = new ArrayList<>(MOST_IN_A_COMMIT);
        while (!ended) {
            try {
                Waiting first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    fill(batch);
                    commit(batch, slot);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                batch.clear();
            }
        }
    }

    private void fill(List<Waiting> batch) {
        long bytes = batch.get(0).delivery().body().length;
        while (batch.size() < MOST_IN_A_COMMIT && bytes < MOST_BYTES_IN_A_COMMIT) {
            Waiting next = queue.poll();
            if (next == null) {
                return;
            }
            bytes += next.delivery().body().length;
            batch.add(next);
        }
    }

    private void commit(List<Waiting> batch, int slot) {
        List<Delivery> deliveries = batch.stream().map(Waiting::delivery).toList();
        try {
            List<Stored> stored = attempt(deliveries, slot);
            ring(deliveries, stored);
            List<Waiting> done = List.copyOf(batch);
            // On another thread: what follows an answer must not keep the next commit waiting.
            answers.execute(() -> {
                for (int i = 0; i < done.size(); i++) {
                    done.get(i).stored().complete(stored.get(i));
                }
            });
        } catch (SQLException | RuntimeException e) {
            if (isOfADelivery(e)) {
                apart(batch, slot, e);
            } else {
                refuse(batch);
                lookAgain(e);
            }
        }
    }

    /** Whether the database is there and only cannot take what it was given. */
    private static boolean isOfADelivery(Exception failure) {
        return failure instanceof SQLException sql
                && sql.getSQLState() != null
                && OF_A_DELIVERY.contains(sql.getSQLState().substring(0, 2));
    }

    /** One delivery that cannot be stored must not keep the others out. */
    private void apart(List<Waiting> batch, int slot, Exception failure) {
        if (batch.size() > 1) {
            batch.forEach(waiting -> commit(List.of(waiting), slot));
            return;
        }
        LOG.error(
                "A delivery cannot be stored, trace {}", batch.get(0).delivery().traceId(), failure);
        batch.get(0)
                .stored()
                .completeExceptionally(new ProblemException(
                        Problem.of(HttpStatus.BAD_REQUEST, "The delivery has values that cannot be stored.")));
    }

    private List<Stored> attempt(List<Delivery> deliveries, int slot) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connections.getConnection()) {
                return IntakeStatement.store(connection, deliveries, instance.slot(slot), coalesceSeconds);
            } catch (SQLException e) {
                boolean crossed = e.getSQLState() != null && e.getSQLState().startsWith("40");
                if (!crossed || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void ring(List<Delivery> deliveries, List<Stored> stored) {
        boolean apply = false;
        boolean fetch = false;
        for (int i = 0; i < stored.size(); i++) {
            if (stored.get(i).status().equals("accepted")) {
                boolean asks = deliveries.get(i).envelope().lane() == Envelope.Lane.FETCH;
                fetch |= asks;
                apply |= !asks;
            }
        }
        if (apply) {
            bell.arrived();
        }
        if (fetch) {
            bell.arrivedForFetching();
        }
    }

    /** Refuses what comes until the database answers again. */
    private void lookAgain(Exception failure) {
        if (!away) {
            away = true;
            LOG.warn(
                    "Deliveries cannot be stored, they are refused until the database answers: {}",
                    rootMessage(failure));
        }
        refuseWaiting();
        while (away && !ended) {
            try (Connection connection = connections.getConnection()) {
                if (connection.isValid(1)) {
                    away = false;
                    LOG.info("Deliveries are stored again");
                    return;
                }
            } catch (SQLException stillAway) {
                refuseWaiting();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void refuseWaiting() {
        List<Waiting> refused = new ArrayList<>();
        queue.drainTo(refused);
        refuse(refused);
    }

    /** It may be stored all the same; sent again, it is a duplicate. */
    private void refuse(List<Waiting> refused) {
        refused.forEach(waiting -> waiting.stored().completeExceptionally(unavailable()));
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @PreDestroy
    void end() {
        ended = true;
        writers.forEach(Thread::interrupt);
        refuseWaiting();
        connections.close();
        answers.shutdown();
    }
}
