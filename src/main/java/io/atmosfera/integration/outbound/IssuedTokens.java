package io.atmosfera.integration.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.outbound.ConnectionCredentials.Keyed;
import io.atmosfera.integration.outbound.TokenIssuer.Caller;
import io.atmosfera.integration.outbound.TokenIssuer.Token;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** The tokens that connections with a key have now, in memory only; of each connection one is asked for at a time. */
class IssuedTokens {

    private static final int MOST = 10_000;
    private static final Duration UNUSED = Duration.ofHours(2);

    private final Clock clock;
    private final Cache<String, Slot> slots =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(UNUSED).build();

    /** One connection's token. Who waits for the lock finds what was issued meanwhile. */
    private static final class Slot {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Token token;
        private @Nullable Object issuedFor;
    }

    /** What a token holds for: with another configuration or key another one is needed. */
    private record Cause(String scope, String version) {}

    IssuedTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * The token of a connection, requested unless a valid one is at hand.
     *
     * @param refused the one that was refused just now, if any; it is not given again
     */
    Token get(String connection, Keyed keyed, @Nullable Token refused, Caller caller)
            throws IOException, HttpException {
        Slot slot = Objects.requireNonNull(slots.get(connection, any -> new Slot()));
        Cause cause = new Cause(
                keyed.issuer().scope(keyed.connection().config()),
                keyed.connection().version());
        slot.lock.lock();
        try {
            Token known = slot.token;
            if (known != null
                    && !known.equals(refused)
                    && cause.equals(slot.issuedFor)
                    && clock.instant().isBefore(known.renewAt())) {
                return known;
            }
            slot.token = null;
            Token issued = keyed.issuer().issue(keyed.connection(), caller);
            slot.token = issued;
            slot.issuedFor = cause;
            return issued;
        } finally {
            slot.lock.unlock();
        }
    }
}
