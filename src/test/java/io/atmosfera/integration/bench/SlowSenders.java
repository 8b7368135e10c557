package io.atmosfera.integration.bench;

import io.atmosfera.integration.SignedDelivery;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Many connections that promise large bodies and send them slowly, beside deliveries that are signed:
 * {@code SlowSenders PORT TOKEN SECRET REPOSITORY CONNECTIONS SECONDS}. Before, eight bodies of 24 MiB with a wrong
 * signature at once. Prints what was answered and the largest heap.
 */
final class SlowSenders {

    private static final int LARGE = 24 * 1024 * 1024;
    private static final int EACH_SECOND = 1000;
    private static final String PATH = "/api/webhooks/github";

    private final int port;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Integer> signed = new TreeMap<>();
    private long largestHeap;

    private SlowSenders(int port, String token) {
        this.port = port;
        this.token = token;
    }

    private Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("POST " + PATH
                                + " HTTP/1.1\r\nHost: localhost\r\nX-GitHub-Event: push\r\nX-Hub-Signature-256: sha256="
                                + "0".repeat(64) + "\r\nContent-Length: " + LARGE + "\r\n\r\n{")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private void large(int count) throws InterruptedException {
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> {
                int status = 0;
                try (Socket socket = open()) {
                    socket.getOutputStream().write(new byte[LARGE - 1]);
                    status = Integer.parseInt(
                            new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1)
                                    .substring(9));
                } catch (IOException | RuntimeException ended) {
                    // Counted as 0.
                }
                synchronized (statuses) {
                    statuses.merge(status, 1, Integer::sum);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(count + " bodies of 24 MiB with a wrong signature: " + statuses + ", " + heap());
    }

    private void slow(int count, int seconds, String secret, String repository)
            throws IOException, InterruptedException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(open());
        }
        long begin = System.nanoTime();
        int ended = 0;
        for (int second = 1; second <= seconds; second++) {
            for (Socket socket : List.copyOf(sockets)) {
                try {
                    socket.getOutputStream().write(new byte[EACH_SECOND]);
                } catch (IOException over) {
                    ended++;
                    sockets.remove(socket);
                }
            }
            deliver(secret, repository);
            heap();
            long left = begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(left, 0));
        }
        System.out.printf(
                "%d connections, each %d bytes a second for %d s: signed deliveries %s, %d connections ended before, %s%n",
                count, EACH_SECOND, seconds, signed, ended, heap());
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void deliver(String secret, String repository) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            byte[] body = "{\"ref\": \"refs/heads/main\", \"n\": \"%s\", \"repository\": {\"full_name\": \"%s\"}}"
                    .formatted(UUID.randomUUID(), repository)
                    .getBytes(StandardCharsets.UTF_8);
            int status;
            try {
                status = http.send(
                                SignedDelivery.github(
                                                port,
                                                PATH,
                                                body,
                                                secret,
                                                "push",
                                                UUID.randomUUID().toString())
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException notAnswered) {
                status = 0;
            }
            signed.merge(status, 1, Integer::sum);
        }
    }

    private String heap() throws InterruptedException {
        try {
            String metrics = http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            double used = metrics.lines()
                    .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
            largestHeap = Math.max(largestHeap, (long) used >> 20);
        } catch (IOException notAnswered) {
            System.out.println("The metrics are not answered");
        }
        return "largest heap so far " + largestHeap + " MiB";
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SlowSenders senders = new SlowSenders(Integer.parseInt(arguments[0]), arguments[1]);
        System.out.println("At rest: " + senders.heap());
        senders.large(8);
        senders.slow(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]), arguments[2], arguments[3]);
        System.exit(senders.signed.keySet().equals(java.util.Set.of(202)) ? 0 : 1);
    }
}
