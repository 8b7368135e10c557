package io.atmosfera.integration.bench;

import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Malformed requests at every operation of the contract, at the doors for webhooks and at the operators' tools: what one
 * seed sends is the same each time. {@code RequestFuzz PORT TOKEN PROJECT COUNT SEED} prints what was answered, and ends
 * with 1 where an answer is an error of ours or tells about the inside.
 */
public final class RequestFuzz {

    private static final int PATIENCE_MS = 40_000;

    /** A class by its full name, an exception, a line of a stack trace, or what libraries say of themselves. */
    private static final Pattern TELLTALE = Pattern.compile(
            "\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w+|\\w(?:Exception|Error)\\b|\\bat [\\w.$]+\\([\\w.]+:\\d+\\)"
                    + "|REDACTED|ReadFeature|ECMA 262|[Ii]nstance (?:value|type)|[Jj]etty|\\bSELECT\\b|SQLState");

    private final int port;
    private final String token;
    private final Random random;
    private final FuzzParts parts;
    private final List<Target> targets = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private record Target(String method, String path, List<String> parameters) {}

    /**
     * Makes one.
     *
     * @param project the id of a project that is there
     */
    public RequestFuzz(int port, String token, long project, long seed) {
        this.port = port;
        this.token = token;
        this.random = new Random(seed);
        this.parts = new FuzzParts(random, project);
        new OpenAPIV3Parser()
                .read("openapi/integration-api.yaml")
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    List<String> names = operation.getParameters() == null
                            ? List.of()
                            : operation.getParameters().stream()
                                    .filter(parameter -> "query".equals(parameter.getIn()))
                                    .map(parameter -> parameter.getName())
                                    .toList();
                    targets.add(new Target(method.name(), path, names));
                }));
        for (String path : List.of(
                "/api/webhooks/jira",
                "/api/webhooks/github",
                "/api/projects/{projectId}/jira-webhook",
                "/api/projects/{projectId}/github-webhook",
                "/actuator/jolokia",
                "/ws/updates")) {
            targets.add(new Target("POST", path, List.of("projectId")));
        }
        for (String path : List.of("/", "/console/{file}", "/openapi.yaml", "/actuator/health", "/actuator/{name}")) {
            targets.add(new Target("GET", path, List.of("x")));
        }
    }

    /** Sends so many of them. */
    public void send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] request = request();
            String answer = exchange(request);
            judge(request, answer);
        }
    }

    /** How often each status was answered; 0 where the connection just ended. */
    public Map<Integer, Integer> statuses() {
        return statuses;
    }

    /** The answers that must not be, each with its request. */
    public List<String> faults() {
        return faults;
    }

    private void judge(byte[] request, String answer) {
        int status =
                answer.startsWith("HTTP/1.") && answer.length() >= 12 ? Integer.parseInt(answer.substring(9, 12)) : 0;
        statuses.merge(status, 1, Integer::sum);
        var telltale = TELLTALE.matcher(answer);
        boolean tells = status >= 400 && telltale.find();
        if (status >= 500 || tells) {
            String sent = new String(request, StandardCharsets.ISO_8859_1);
            faults.add(status + (tells ? " tells '" + telltale.group() + "'" : "") + " for "
                    + sent.substring(0, Math.min(sent.length(), 600)) + "\n→ "
                    + answer.substring(0, Math.min(answer.length(), 800)));
        }
    }

    private byte[] request() {
        Target target = targets.get(random.nextInt(targets.size()));
        String method = one(12) ? parts.method() : target.method();
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(parts.path(target.path()))
                .append(one(3) ? "" : "?" + parts.query(target.parameters()))
                .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        if (!one(6)) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(parts.header()).append("\r\n");
        }
        byte[] body = method.equals("GET") && !one(5) ? new byte[0] : parts.body();
        if (!one(6)) {
            head.append("Content-Type: ").append(parts.contentType()).append("\r\n");
        }
        head.append(parts.framing(body.length)).append("\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    private String exchange(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                // Nothing more comes, whatever the head has promised.
                socket.shutdownOutput();
                return new String(socket.getInputStream().readNBytes(200_000), StandardCharsets.UTF_8);
            } catch (java.net.SocketTimeoutException e) {
                return "HTTP/1.1 599 no answer";
            } catch (IOException refused) {
                return "";
            }
        }
    }

    /** Sends requests to a platform that runs. */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[3]);
        long seed = Long.parseLong(arguments[4]);
        RequestFuzz fuzz =
                new RequestFuzz(Integer.parseInt(arguments[0]), arguments[1], Long.parseLong(arguments[2]), seed);
        long begin = System.nanoTime();
        fuzz.send(count);
        System.out.printf(
                "%d requests with seed %d in %.0f s: %s%n",
                count, seed, (System.nanoTime() - begin) / 1e9, fuzz.statuses());
        fuzz.faults().stream().limit(20).forEach(System.out::println);
        System.out.println(fuzz.faults().size() + " faults");
        System.exit(fuzz.faults().isEmpty() ? 0 : 1);
    }
}
