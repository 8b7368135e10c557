package io.atmosfera.integration.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The connections whose other side has asked to be left alone for a while. It is kept in the database: what asked is often
 * not what would call next, nor in the same instance.
 */
@Component("quietConnections")
public class QuietConnections {

    private static final Pattern STORED = Pattern.compile("\\d{1,18}");
    private static final Duration TEST_LIFETIME = Duration.ofMinutes(5);
    private static final int MOST_TESTS = 1000;
    private static final int JITTER_MILLIS = 500;

    private final JdbcTemplate jdbc;
    private final Cache<String, String> tests = Caffeine.newBuilder()
            .maximumSize(MOST_TESTS)
            .expireAfterWrite(TEST_LIFETIME)
            .build();

    public QuietConnections(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The moment before which nothing may be sent; null where anything may. */
    public @Nullable Instant until(String connection) {
        String stored = stored(connection);
        return stored == null
                ? null
                : jdbc
                        .query(
                                "SELECT quiet_until FROM connection_health WHERE config_id = ? AND quiet_until > now()",
                                (row, number) -> row.getTimestamp(1).toInstant(),
                                Long.valueOf(stored))
                        .stream()
                        .findFirst()
                        .orElse(null);
    }

    /** Notes that nothing may be sent before a moment; a later one that is known stays. */
    public void ask(String connection, Instant until) {
        String stored = stored(connection);
        if (stored != null) {
            jdbc.update(
                    "UPDATE connection_health SET quiet_until = greatest(quiet_until, ?) WHERE config_id = ?",
                    Timestamp.from(until),
                    Long.valueOf(stored));
        }
    }

    /** Treats a connection under test as a stored one to the same place. */
    void likewise(String test, String stored) {
        tests.put(test, stored);
    }

    private @Nullable String stored(String connection) {
        return STORED.matcher(connection).matches() ? connection : tests.getIfPresent(connection);
    }

    /** A moment a little later: many that wait for the same one must not all call in it. Never earlier. */
    public static Instant jittered(Instant moment) {
        return moment.plusMillis(ThreadLocalRandom.current().nextInt(JITTER_MILLIS));
    }

    /** A moment as people read it: the full second at which it has come. */
    public static Instant shown(Instant moment) {
        Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(moment) ? second : second.plusSeconds(1);
    }
}
