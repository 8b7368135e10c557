package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Delivery;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One way in which Jira misbehaves, and for which requests: by default the next request to any path, once.
 *
 * <p>Immutable; give it to {@link SimulatedJira#fail(Fault)}, for example
 * {@code jira.fail(Fault.rateLimited(Duration.ofSeconds(20)).onPath("/rest/api/2/search/jql").times(2))}.
 */
public final class Fault {

    private static final int UNTIL_CLEARED = Integer.MAX_VALUE;

    private final String name;
    private final FaultEffect effect;
    private final Predicate<RecordedRequest> concerned;
    private final int skipped;
    private final int times;
    private final UnaryOperator<Reply> finish;

    private Fault(
            String name,
            FaultEffect effect,
            Predicate<RecordedRequest> concerned,
            int skipped,
            int times,
            UnaryOperator<Reply> finish) {
        this.name = name;
        this.effect = effect;
        this.concerned = concerned;
        this.skipped = skipped;
        this.times = times;
        this.finish = finish;
    }

    private static Fault of(String name, FaultEffect effect) {
        return new Fault(name, effect, request -> true, 0, 1, reply -> reply);
    }

    // What happens

    /** 429 with {@code Retry-After} in seconds, {@code X-RateLimit-Reset} and {@code RateLimit-Reason: jira-burst-based}. */
    public static Fault rateLimited(Duration retryAfter) {
        return of("rate-limit", FaultEffect.rateLimit(retryAfter));
    }

    /** 429 from a gateway in front of Jira: nothing says how long to wait. */
    public static Fault rateLimited() {
        return answering(429, "text/plain;charset=UTF-8", "Too Many Requests")
                .withHeader("X-Failure-Category", "FAILURE CLIENT RATE LIMITED");
    }

    /** 429 whose {@code Retry-After} is an HTTP date. */
    public static Fault rateLimitedUntil(Instant moment) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
        return of("rate-limit", FaultEffect.answer(JiraErrors.of(429, "Rate limit exceeded.")))
                .withHeader("Retry-After", date);
    }

    /** 503 with {@code Retry-After} in seconds. */
    public static Fault unavailable(Duration retryAfter) {
        return of("unavailable", FaultEffect.answer(JiraErrors.of(503, "Service Unavailable")))
                .withHeader("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    /** 500 with a JSON body. */
    public static Fault serverError() {
        return of("server-error", FaultEffect.answer(JiraErrors.of(500, "Internal server error")));
    }

    /** 502 with the HTML page of a proxy. */
    public static Fault badGateway() {
        return answering(502, Reply.HTML, Pages.BAD_GATEWAY);
    }

    /** 401, although the credentials may be right. */
    public static Fault unauthorized() {
        return of("unauthorized", FaultEffect.answer(JiraErrors.of(401, "You are not authenticated.")))
                .withHeader("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
    }

    /** 403 without a captcha. */
    public static Fault forbidden() {
        return of("forbidden", FaultEffect.answer(JiraErrors.of(403, "You do not have permission to do that.")));
    }

    /** 403 because of too many failed logins; every further try prolongs it. */
    public static Fault captcha() {
        return of("captcha", FaultEffect.answer(Reply.of(403, Reply.HTML, Pages.UNAUTHORIZED)))
                .withHeader("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=/login.jsp")
                .withHeader("X-Seraph-LoginReason", "AUTHENTICATION_DENIED");
    }

    /** 410 with the body of an endpoint that Cloud has removed. */
    public static Fault gone() {
        return of("gone", FaultEffect.answer(SearchApi.removed()));
    }

    /** 200 with the HTML of the login page, as single sign-on in front of Jira answers. */
    public static Fault loginPage() {
        return of("login-page", FaultEffect.answer(Reply.of(200, Reply.HTML, Pages.LOGIN)));
    }

    /** Any other answer. */
    public static Fault answering(int status, String contentType, String body) {
        return of("answer-" + status, FaultEffect.answer(Reply.of(status, contentType, body)));
    }

    /** The regular answer, but only the first half of its JSON; the length header says nothing of it. */
    public static Fault truncated() {
        return of(
                "truncated",
                FaultEffect.changed(reply ->
                        reply.withBody(reply.body().substring(0, reply.body().length() / 2))));
    }

    /** The regular answer, but the connection ends in the middle of the body. */
    public static Fault cutOff() {
        return of("cut", FaultEffect.cut());
    }

    /** No answer; the connection is closed after the time, or when the simulated Jira is closed. */
    public static Fault hanging(Duration time) {
        return of("hang", FaultEffect.hang(time));
    }

    /** The regular answer, late. */
    public static Fault slow(Duration delay) {
        return of("slow", FaultEffect.slow(delay));
    }

    /** 302 to another address. */
    public static Fault redirect(URI location) {
        return answering(302, Reply.HTML, "").withHeader("Location", location.toString());
    }

    /** The regular answer to a search without its issues; what it says about further pages stays. */
    public static Fault emptyPage() {
        return rewriting(body -> body.putArray("issues"));
    }

    /** A search that finds nothing at all, as if everything had been deleted. */
    public static Fault emptyResult() {
        return rewriting(body -> {
            body.putArray("issues");
            body.remove("nextPageToken");
            if (body.has("total")) {
                body.put("total", 0);
            } else {
                body.put("isLast", true);
            }
        });
    }

    /** From the second page on the next token is the one that was sent. */
    public static Fault repeatedPageToken() {
        return of("repeated-token", FaultEffect.repeatedToken())
                .matching(request -> request.parameter("nextPageToken") != null);
    }

    /** The regular answer, after a test has changed its JSON. */
    public static Fault rewriting(Consumer<ObjectNode> change) {
        return of("rewrite", FaultEffect.rewritten(change));
    }

    /** The regular answer, after a hook has run: a test can edit issues between two pages. */
    public static Fault before(Runnable hook) {
        return of("hook", FaultEffect.before(hook));
    }

    // More about the answer

    /** Adds a header to the answer, or replaces it. */
    public Fault withHeader(String header, String value) {
        return finishing(reply -> reply.with(header, value));
    }

    /** Sets {@code RateLimit-Reason}, for example {@code jira-quota-tenant-based}. */
    public Fault withReason(String reason) {
        return withHeader("RateLimit-Reason", reason);
    }

    /** {@code X-RateLimit-Reset} without seconds, rounded up: {@code 2026-11-22T10:05Z}. */
    public Fault withResetToTheMinute() {
        return finishing(FaultEffect::withResetToTheMinute);
    }

    /** Replaces the body of the answer. */
    public Fault withBody(String body) {
        return finishing(reply -> reply.withBody(body));
    }

    // Which requests

    /** Only requests whose path begins so. Conditions add up. */
    public Fault onPath(String prefix) {
        return matching(request -> request.path().startsWith(prefix));
    }

    /** Only requests with this method. */
    public Fault onMethod(String method) {
        return matching(request -> request.method().equals(method));
    }

    /** Only requests a test picks. */
    public Fault matching(Predicate<RecordedRequest> condition) {
        return new Fault(name, effect, concerned.and(condition), skipped, times, finish);
    }

    /** Begins with the n-th matching request from now; 1 is the next one. */
    public Fault onNth(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, not " + n);
        }
        return new Fault(name, effect, concerned, n - 1, times, finish);
    }

    /** Happens that many times. */
    public Fault times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, not " + count);
        }
        return new Fault(name, effect, concerned, skipped, count, finish);
    }

    /** Happens until {@link SimulatedJira#clearFaults()}. */
    public Fault untilCleared() {
        return times(UNTIL_CLEARED);
    }

    private Fault finishing(UnaryOperator<Reply> next) {
        return new Fault(name, effect, concerned, skipped, times, reply -> next.apply(finish.apply(reply)));
    }

    boolean concerns(RecordedRequest request) {
        return concerned.test(request);
    }

    Delivery apply(Supplier<Reply> regular, FaultEffect.Surroundings surroundings) throws InterruptedException {
        Delivery delivery = effect.apply(regular, surroundings);
        return new Delivery(finish.apply(delivery.reply()), delivery.extent());
    }

    int skipped() {
        return skipped;
    }

    int times() {
        return times;
    }

    @Override
    public String toString() {
        return name + (times == UNTIL_CLEARED ? " until cleared" : " x" + times);
    }
}
