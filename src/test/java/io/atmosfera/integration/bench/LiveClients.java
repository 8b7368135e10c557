package io.atmosfera.integration.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients on one project, and updates told by the database at a steady pace: how many arrive, and how long after
 * the statement that told them was sent. Clients and teller share this JVM and so its clock.
 */
final class LiveClients {

    private static final String TELL =
            """
            SELECT publish(live_message('jira_update', ?, jsonb_build_object('issueKey', 'BENCH-' || ?, 'n', ?, 'traceId',
                repeat('f', 32), 'changes', jsonb_build_array(
                    jsonb_build_object('field', 'status', 'from', 'To Do', 'to', 'In Progress'),
                    jsonb_build_object('field', 'assignee', 'from', null, 'to', 'Ada Lovelace')))))""";

    private final int clients;
    private final int updates;
    private final long[] sent;
    private final int[] latencies;
    private final AtomicInteger received = new AtomicInteger();
    private final LongAdder outOfOrder = new LongAdder();
    private final LongAdder resyncs = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final CountDownLatch ready;

    private LiveClients(int clients, int updates) {
        this.clients = clients;
        this.updates = updates;
        this.sent = new long[updates];
        this.latencies = new int[clients * updates];
        this.ready = new CountDownLatch(clients);
    }

    /** Arguments: WebSocket address, token, JDBC address, project, clients, updates a second, seconds. */
    public static void main(String[] arguments) throws Exception {
        int rate = Integer.parseInt(arguments[5]);
        int updates = rate * Integer.parseInt(arguments[6]);
        LiveClients bench = new LiveClients(Integer.parseInt(arguments[4]), updates);
        List<WebSocket> sockets = bench.connect(URI.create(arguments[0]), arguments[1]);
        try (Connection database = DriverManager.getConnection(arguments[2])) {
            bench.tell(database, Long.parseLong(arguments[3]), rate);
        }
        bench.report(rate);
        sockets.forEach(WebSocket::abort);
        System.exit(0);
    }

    private List<WebSocket> connect(URI address, String token) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        List<WebSocket> sockets = new ArrayList<>();
        for (int n = 0; n < clients; n++) {
            sockets.add(http.newWebSocketBuilder()
                    .subprotocols("bearer", token)
                    .buildAsync(address, new Client())
                    .join());
        }
        if (!ready.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(ready.getCount() + " clients heard nothing");
        }
        return sockets;
    }

    private void tell(Connection database, long project, int rate) throws SQLException {
        long pause = TimeUnit.SECONDS.toNanos(1) / rate;
        long begin = System.nanoTime();
        try (PreparedStatement statement = database.prepareStatement(TELL)) {
            for (int n = 0; n < updates; n++) {
                long due = begin + n * pause;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                statement.setLong(1, project);
                statement.setInt(2, n);
                statement.setInt(3, n);
                sent[n] = System.nanoTime();
                statement.execute();
            }
        }
    }

    private void report(int rate) throws InterruptedException {
        int expected = clients * updates;
        for (int wait = 0; wait < 100 && received.get() < expected; wait++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        int count = Math.min(received.get(), expected);
        int[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        System.out.printf(
                "%d clients, %d updates/s for %d s: received %d of %d, out of order %d, resyncs %d, ended %d; latency p50 %.1f ms,"
                        + " p95 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                clients,
                rate,
                updates / rate,
                count,
                expected,
                outOfOrder.sum(),
                resyncs.sum(),
                ended.sum(),
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static double at(int[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (sorted.length * part))] / 1000.0;
    }

    private final class Client implements WebSocket.Listener {

        private final StringBuilder begun = new StringBuilder();
        private int next;
        private boolean heard;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            begun.append(data);
            if (last) {
                take(begun.toString());
                begun.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void take(String text) {
            int n = text.indexOf("\"n\": ");
            if (n >= 0) {
                int number = Integer.parseInt(text.substring(n + 5, end(text, n + 5)));
                int slot = received.getAndIncrement();
                if (slot < latencies.length) {
                    latencies[slot] = (int) ((System.nanoTime() - sent[number]) / 1000);
                }
                if (number != next) {
                    outOfOrder.increment();
                }
                next = number + 1;
            } else if (text.contains("\"resync\"")) {
                resyncs.increment();
            } else if (!heard) {
                heard = true;
                ready.countDown();
            }
        }

        private static int end(String text, int from) {
            int end = from;
            while (Character.isDigit(text.charAt(end))) {
                end++;
            }
            return end;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.increment();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            ended.increment();
        }
    }
}
