package io.atmosfera.integration.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The door for requests that prove by a signature who sent them: webhooks. They come by the thousand, so they meet only
 * what concerns them: their address exactly as it is written, the limit on their size, and their route; no sign-in, no
 * servlet, and no thread waits for a slow sender or for the disk. Everything else goes on to the servlets.
 */
public class SignedDoor extends Handler.Wrapper {

    /** A sender that takes longer than this for one body is not served any further. */
    static final Duration SLOWEST = Duration.ofSeconds(60);

    private static final long RETRY_SECONDS = 5;
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final List<Address> addresses = new ArrayList<>();
    private final Map<String, SignedDoorConsumer> consumers = new ConcurrentHashMap<>();
    private final Problems problems;
    private final ToIntFunction<String> limit;

    private record Address(String path, String variable, Pattern pattern) {}

    /**
     * Makes the door.
     *
     * @param paths where it is, with at most one variable each, which stands for a number
     * @param limit the largest body for one of those paths, in bytes
     */
    public SignedDoor(List<String> paths, ToIntFunction<String> limit, Problems problems) {
        this.problems = problems;
        this.limit = limit;
        for (String path : paths) {
            Matcher variable = VARIABLE.matcher(path);
            String name = variable.find() ? variable.group(1) : "";
            String pattern = name.isEmpty() ? Pattern.quote(path) : path.replace("{" + name + "}", "([^/]+)");
            addresses.add(new Address(path, name, Pattern.compile(pattern)));
        }
    }

    void open(SignedDoorConsumer consumer) {
        consumers.put(consumer.path(), consumer);
    }

    void close(SignedDoorConsumer consumer) {
        consumers.remove(consumer.path(), consumer);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path != null && HttpMethod.POST.is(request.getMethod())) {
            for (Address address : addresses) {
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
        SignedDoorConsumer consumer = consumers.get(address.path());
        Problem refusal = refusal(consumer, value, request);
        // What is refused is read all the same: an answer amid a body ends the connection, and the next request on it.
        new SignedBody(request, limit.applyAsInt(address.path()), SLOWEST)
                .read(
                        body -> {
                            if (refusal != null || consumer == null) {
                                refuse(response, callback, refusal == null ? unavailable() : refusal);
                            } else {
                                consumer.accept(request, response, callback, body, address.variable(), value);
                            }
                        },
                        problem -> refuse(response, callback, refusal == null ? problem : refusal));
    }

    private static @Nullable Problem refusal(@Nullable SignedDoorConsumer consumer, String value, Request request) {
        if (!value.isEmpty() && !NUMBER.matcher(value).matches()) {
            return Problem.of(HttpStatus.NOT_FOUND, "There is nothing at this address.");
        }
        if (consumer == null || consumer.isSuspended()) {
            // At a start, and while an operator has stopped the route: the sender comes again.
            return unavailable();
        }
        // Nobody who signs a body packs it; so nothing is ever unpacked that could grow.
        return request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)
                ? Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A delivery must be sent without Content-Encoding.")
                : null;
    }

    private static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Deliveries are not taken in at the moment.")
                .retryAfter(RETRY_SECONDS);
    }

    void refuse(Response response, Callback callback, Problem problem) {
        if (problem.retryAfterSeconds() != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, problem.retryAfterSeconds());
        }
        if (problem.status() == HttpStatus.PAYLOAD_TOO_LARGE.value()
                || problem.status() == HttpStatus.REQUEST_TIMEOUT.value()) {
            // What is left of the body is not read, so that nothing else can come over this connection.
            response.getHeaders().put(new HttpField(HttpHeader.CONNECTION, "close"));
        }
        answer(response, callback, problem.status(), Problem.MEDIA_TYPE, problems.json(problem));
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
