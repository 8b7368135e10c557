package io.atmosfera.integration.source;

import io.atmosfera.integration.connection.SourceFailures;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.ConnectionFailures;
import io.atmosfera.integration.outbound.ConnectionResult;
import java.util.Set;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the failures of a source of the routes folder mean, those of its mappings among them. */
@Component("restFailures")
public class RestFailures extends SourceFailures {

    private static final int MOST_OF_A_MESSAGE = 300;

    // One HTTP client calls them all.
    RestFailures(@Value("${platform.jira.timeout-ms:30000}") int timeoutMs) {
        super(
                new ConnectionFailures("The source", "url", timeoutMs),
                Set.of(Reason.AUTHENTICATION, Reason.NOT_THE_API, Reason.PERMISSION, Reason.NOT_FOUND),
                Set.of(Reason.PERMISSION, Reason.NOT_FOUND, Reason.MAPPING));
    }

    @Override
    public String describe(Throwable failure) {
        JsonQueryException jq = inMapping(failure);
        if (jq == null) {
            return super.describe(failure);
        }
        String said = String.valueOf(jq.getMessage());
        return "The mapping does not fit what came: "
                + (said.length() > MOST_OF_A_MESSAGE ? said.substring(0, MOST_OF_A_MESSAGE) + "…" : said);
    }

    @Override
    public boolean isPermanent(Throwable failure) {
        return super.isPermanent(failure) || inMapping(failure) != null;
    }

    @Override
    public boolean ofOneStream(Throwable failure) {
        return super.ofOneStream(failure) || inMapping(failure) != null;
    }

    /** The result of a test that went well. */
    public ConnectionResult passed(long started) {
        return new ConnectionResult(true, null, null, null, null, ConnectionResult.since(started), null, null, null);
    }

    /** The result of a test that did not. */
    public ConnectionResult failed(
            Throwable failure, @Nullable String step, @Nullable Long started, RestConnection connection) {
        return resultOf(failure, started);
    }

    private static @Nullable JsonQueryException inMapping(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonQueryException jq) {
                return jq;
            }
        }
        return null;
    }
}
