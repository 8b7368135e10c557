package io.atmosfera.integration.outbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Waits that other systems ask for: what one means for our clock, and that nothing goes out before it is over. */
@Component("patience")
public class Patience {

    private final Clock clock;
    private final QuietConnections quiet;

    public Patience(Clock clock, QuietConnections quiet) {
        this.clock = clock;
        this.quiet = quiet;
    }

    /**
     * Passes where a connection may be called.
     *
     * @param words what is said of the moment before which it may not
     * @throws RateLimited where the other system has asked for patience, and the time has not come
     */
    public void pass(String connection, Function<Instant, String> words) {
        Instant until = quiet.until(connection);
        if (until != null) {
            throw new RateLimited(words.apply(until), Duration.between(clock.instant(), until), until);
        }
    }

    /**
     * What an answer means that asks for patience.
     *
     * @param named    the moment that it names, by the other system's clock, which it gets
     * @param ofAll    whether nothing at all may go out over the connection before it; else only the same is waited with
     * @param words    what is said of the moment, by our clock
     */
    public RateLimited asked(
            RemoteAnswer answer,
            String connection,
            Function<Instant, Instant> named,
            boolean ofAll,
            Function<Instant, String> words) {
        Instant ours = clock.instant();
        // By the other system's clock, in case ours goes wrong.
        Instant now = answer.header("Date").flatMap(RetryAfter::date).orElse(ours);
        Duration wait = RetryAfter.meant(Duration.between(now, named.apply(now)));
        Instant until = QuietConnections.jittered(ours.plus(wait));
        if (ofAll) {
            quiet.ask(connection, until);
        }
        return new RateLimited(words.apply(ours.plus(wait)), wait, until);
    }
}
