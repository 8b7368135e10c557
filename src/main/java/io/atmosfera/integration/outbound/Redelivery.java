package io.atmosfera.integration.outbound;

import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/** How calls to other systems are made again: with pauses that double, with jitter, and without a word in the log. */
public final class Redelivery {

    private static final double JITTER = 0.3;

    private Redelivery() {}

    /**
     * A policy for routes.
     *
     * @param attempts     in all
     * @param backoffMs    the first pause in milliseconds
     * @param maxBackoffMs the longest pause in milliseconds
     */
    public static RedeliveryPolicy of(int attempts, long backoffMs, long maxBackoffMs) {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(attempts - 1);
        policy.setRedeliveryDelay(backoffMs);
        policy.setMaximumRedeliveryDelay(maxBackoffMs);
        policy.setUseExponentialBackOff(true);
        policy.setBackOffMultiplier(2);
        policy.setUseCollisionAvoidance(true);
        policy.setCollisionAvoidanceFactor(JITTER);
        policy.setLogStackTrace(false);
        policy.setLogExhausted(false);
        policy.setLogRetryAttempted(false);
        return policy;
    }
}
