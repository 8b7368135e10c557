package io.atmosfera.integration.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** How often somebody may ask. A bucket nobody draws from for a window is full again, so that it may be forgotten. */
@Component
class RequestLimits {

    /** Of an IPv6 address: what a provider gives to one customer, who has all addresses in it. */
    private static final int NETWORK_BYTES = 8;

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

    /** Who an address stands for. */
    static String network(String address) {
        try {
            // The address of a connection is a literal: no name is looked up here.
            InetAddress literal = InetAddress.getByName(address);
            return literal instanceof Inet6Address
                    ? "network " + Arrays.toString(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES))
                    : "address " + literal.getHostAddress();
        } catch (UnknownHostException e) {
            return "address unknown";
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth
                        .capacity(limit.maxRequests())
                        .refillGreedy(limit.maxRequests(), Duration.ofMillis(limit.windowMs())))
                .build();
    }
}
