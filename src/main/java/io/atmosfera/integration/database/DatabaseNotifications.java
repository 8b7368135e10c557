package io.atmosfera.integration.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hands on what PostgreSQL tells by NOTIFY, over one connection of its own. It waits in a read of that connection, so
 * that silence costs nothing; a connection that is lost is opened again.
 */
@Component
public class DatabaseNotifications implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseNotifications.class);

    /** The driver reads under a lock: so long a new subscription waits for its LISTEN. */
    private static final Duration READ = Duration.ofSeconds(1);

    /** After this much silence it is asked whether there is still somebody at the other end. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofSeconds(5);

    private final DirectConnections connections;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile @Nullable Listening listening;

    DatabaseNotifications(DirectConnections connections) {
        this.connections = connections;
    }

    private record Subscription(String channel, Consumer<String> onNotification, Runnable onGap) {}

    /**
     * Subscribes to a channel, at any time. Both callbacks run on the one thread that reads, so they must be quick and
     * must not wait.
     *
     * @param channel        what NOTIFY names, in small letters
     * @param onNotification takes the payload
     * @param onGap          runs whenever listening to the channel begins: the first time, and after a connection that
     *                       was lost. What was notified before did not get here
     */
    public void subscribe(String channel, Consumer<String> onNotification, Runnable onGap) {
        if (!channel.matches("[a-z_]{1,60}")) {
            throw new IllegalArgumentException("No name of a channel: " + channel);
        }
        subscriptions.add(new Subscription(channel, onNotification, onGap));
    }

    @Override
    public synchronized void start() {
        if (listening == null) {
            Listening next = new Listening();
            listening = next;
            next.thread.start();
        }
    }

    @Override
    public synchronized void stop() {
        Listening last = listening;
        listening = null;
        if (last != null) {
            last.end();
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }

    /** The thread that listens, from one start of the context to its stop. */
    private final class Listening implements Runnable {

        private final Thread thread = new Thread(this, "database-notifications");
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable Connection open;

        Listening() {
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            boolean lost = false;
            Duration pause = FIRST_PAUSE;
            while (ended.getCount() > 0) {
                long begin = System.nanoTime();
                try (Connection connection = connections.open("notifications")) {
                    open = connection;
                    if (lost) {
                        LOG.info("The database's notifications come again");
                        lost = false;
                    }
                    listen(connection);
                } catch (SQLException e) {
                    if (!lost && ended.getCount() > 0) {
                        LOG.warn("The database's notifications do not come at the moment: {}", e.getMessage());
                    }
                    lost = true;
                }
                boolean lasted = System.nanoTime() - begin > LONGEST_PAUSE.toNanos();
                pause = lasted ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                await(pause);
            }
        }

        private void listen(Connection connection) throws SQLException {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            int known = 0;
            long heard = System.nanoTime();
            while (ended.getCount() > 0) {
                for (; known < subscriptions.size(); known++) {
                    begin(connection, subscriptions.get(known));
                }
                PGNotification[] notifications = postgres.getNotifications(Math.toIntExact(READ.toMillis()));
                if (notifications != null && notifications.length > 0) {
                    for (PGNotification notification : notifications) {
                        deliver(notification);
                    }
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
                    execute(connection, "SELECT 1");
                    heard = System.nanoTime();
                }
            }
        }

        private void begin(Connection connection, Subscription subscription) throws SQLException {
            execute(connection, "LISTEN " + subscription.channel());
            guarded(subscription, subscription.onGap());
        }

        private void deliver(PGNotification notification) {
            for (Subscription subscription : subscriptions) {
                if (subscription.channel().equals(notification.getName())) {
                    guarded(subscription, () -> subscription.onNotification().accept(notification.getParameter()));
                }
            }
        }

        void end() {
            ended.countDown();
            Connection connection = open;
            try {
                if (connection != null) {
                    connection.abort(Runnable::run);
                }
                thread.join(END.toMillis());
            } catch (SQLException e) {
                LOG.debug("The connection had ended already: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void await(Duration pause) {
            try {
                boolean unused = ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                ended.countDown();
            }
        }
    }

    private static void guarded(Subscription subscription, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("A notification on {} was not taken", subscription.channel(), e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
