package io.atmosfera.integration.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.http.HttpStatus;

/**
 * The door for requests that prove by a signature who sent them: webhooks. They come by the thousand, so they meet only
 * what concerns them: their address exactly as it is written, the {@link DoorKeeper}, the limit on their size, and their
 * route; no sign-in, no servlet, and no thread waits for a slow sender or for the disk. Everything else goes on to the
 * servlets.
 */
public class SignedDoor extends Handler.Wrapper {

    /** A sender that takes longer than this for one body is not served any further. */
    static final Duration SLOWEST = Duration.ofSeconds(60);

    private static final long RETRY_SECONDS = 5;
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final List<Address> paths = new CopyOnWriteArrayList<>();
    private final Map<String, SignedDoorConsumer> consumers = new ConcurrentHashMap<>();
    private final Problems problems;
    private final ToIntFunction<String> limit;
    private final Function<String, Set<String>> headers;
    private final DoorKeeper keeper;
    private final BodyBudget budget;
    private final ClientAddresses clients;

    private record Address(String path, String variable, Pattern pattern) {}

    /**
     * Makes the door.
     *
     * @param addresses where it is from the start, with at most one variable each, which stands for a number; others open with
     *                  their routes
     * @param headers   what the route of an address gets of a request's headers; nothing else gets in, Camel's own names least
     *                  of all
     * @param limit     the largest body for one of those, in bytes
     * @param keeper    who may come in
     * @param budget    what all bodies together may hold
     * @param clients   where requests come from
     */
    public SignedDoor(
            List<String> addresses,
            Function<String, Set<String>> headers,
            ToIntFunction<String> limit,
            DoorKeeper keeper,
            BodyBudget budget,
            ClientAddresses clients,
            Problems problems) {
        this.problems = problems;
        this.headers = headers;
        this.limit = limit;
        this.keeper = keeper;
        this.budget = budget;
        this.clients = clients;
        addresses.forEach(this::know);
    }

    private void know(String path) {
        if (paths.stream().anyMatch(address -> address.path().equals(path))) {
            return;
        }
        Matcher variable = VARIABLE.matcher(path);
        String name = variable.find() ? variable.group(1) : "";
        String pattern = name.isEmpty() ? Pattern.quote(path) : path.replace("{" + name + "}", "([^/]+)");
        paths.add(new Address(path, name, Pattern.compile(pattern)));
    }

    /** The headers of requests that the route of an address gets, under any spelling. */
    Set<String> headers(String path) {
        Set<String> caseless = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        caseless.addAll(headers.apply(path));
        return caseless;
    }

    void open(SignedDoorConsumer consumer) {
        know(consumer.path());
        consumers.put(consumer.path(), consumer);
    }

    void close(SignedDoorConsumer consumer) {
        consumers.remove(consumer.path(), consumer);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path != null && HttpMethod.POST.is(request.getMethod())) {
            for (Address address : paths) {
                Matcher matcher = address.pattern().matcher(path);
                if (matcher.matches()) {
                    String value = address.variable().isEmpty() ? "" : matcher.group(1);
                    enter(address, value, request, response, callback);
                    return true;
                }
            }
        }
        return super.handle(request, response, callback);
    }

    private void enter(Address address, String value, Request request, Response response, Callback callback) {
        String client = clients.of(
                Request.getRemoteAddr(request), request.getHeaders().getValuesList(ClientAddresses.FORWARDED_FOR));
        DoorKeeper.Visitor visitor;
        try {
            visitor = admitted(address, value, request, client);
        } catch (RuntimeException e) {
            refuse(request, response, callback, problems.of(e));
            return;
        }
        ReceivedBody body = new ReceivedBody(budget.share(client), request.getLength());
        new SignedBody(request, SLOWEST)
                .keep(
                        body,
                        limit.applyAsInt(address.path()),
                        visitor,
                        () -> deliver(
                                new SignedRequest(request, client, address.variable(), value, visitor, body),
                                address,
                                response,
                                callback),
                        problem -> {
                            body.close();
                            refuse(request, response, callback, problem);
                        });
    }

    private void deliver(SignedRequest signed, Address address, Response response, Callback callback) {
        SignedDoorConsumer consumer = consumers.get(address.path());
        if (consumer == null) {
            signed.body().close();
            refuse(signed.request(), response, callback, unavailable());
        } else {
            consumer.accept(signed, response, callback);
        }
    }

    private DoorKeeper.Visitor admitted(Address address, String value, Request request, String client) {
        if (!value.isEmpty() && !NUMBER.matcher(value).matches()) {
            throw new NotFoundException("There is nothing at this address.");
        }
        SignedDoorConsumer consumer = consumers.get(address.path());
        if (consumer == null || consumer.isSuspended()) {
            // At a start, and while an operator has stopped the route: the sender comes again.
            throw new ProblemException(unavailable());
        }
        DoorKeeper.Visitor visitor = keeper.admit(
                address.path(),
                value.isEmpty() ? null : Long.valueOf(value),
                name -> request.getHeaders().get(name),
                client);
        // Nobody who signs a body packs it; so nothing is ever unpacked that could grow.
        if (request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
            throw new ProblemException(
                    Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A delivery must be sent without Content-Encoding."));
        }
        return visitor;
    }

    private static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Deliveries are not taken in at the moment.")
                .retryAfter(RETRY_SECONDS);
    }

    /** Answers at once; what is still to come of the body is thrown away. */
    void refuse(Request request, Response response, Callback callback, Problem problem) {
        if (problem.retryAfterSeconds() != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, problem.retryAfterSeconds());
        }
        boolean ends = SignedBody.isPastReading(request, problem);
        if (ends) {
            // Nothing else can come over this connection.
            response.getHeaders().put(new HttpField(HttpHeader.CONNECTION, "close"));
        }
        answer(
                response,
                ends
                        ? callback
                        : Callback.from(
                                () -> new SignedBody(request, SLOWEST).discard(callback::succeeded), callback::failed),
                problem.status(),
                Problem.MEDIA_TYPE,
                problems.json(problem));
    }

    static void answer(Response response, Callback callback, int status, String type, String body) {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    Problem problem(Throwable failure) {
        return problems.of(failure);
    }
}
