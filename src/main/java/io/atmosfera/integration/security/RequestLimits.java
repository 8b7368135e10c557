package io.atmosfera.integration.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** How often somebody may ask. A bucket nobody draws from for a window is full again, so that it may be forgotten. */
@Component
class RequestLimits {

    private static final long BUCKETS = 100_000;

    private final SecurityProperties.RateLimiting limit;
    private final Cache<String, Bucket> buckets;

    RequestLimits(SecurityProperties properties) {
        limit = properties.authentication().rateLimiting();
        buckets = Caffeine.newBuilder()
                .maximumSize(BUCKETS)
                .expireAfterAccess(Duration.ofMillis(limit.windowMs()))
                .build();
    }

    /**
     * Counts one request.
     *
     * @return 0 where it may go on, else the seconds until another one may
     */
    long secondsToWait(String key) {
        long nanos = buckets.get(key, any -> bucket())
                .tryConsumeAndReturnRemaining(1)
                .getNanosToWaitForRefill();
        return nanos == 0 ? 0 : 1 + TimeUnit.NANOSECONDS.toSeconds(nanos - 1);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth
                        .capacity(limit.maxRequests())
                        .refillGreedy(limit.maxRequests(), Duration.ofMillis(limit.windowMs())))
                .build();
    }
}
