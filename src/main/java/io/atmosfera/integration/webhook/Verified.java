package io.atmosfera.integration.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery whose signature holds.
 *
 * @param source    the source, such as {@code jira}
 * @param projectId the project in the path, if any
 * @param body      the bytes as they came
 * @param digest    the HMAC that holds
 * @param matches   the senders that could have made it
 */
public record Verified(String source, @Nullable Long projectId, byte[] body, byte[] digest, List<Match> matches) {

    /** A sender, and which of its secrets it was. */
    record Match(Sender sender, LiveSecret secret) {}

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
