package io.atmosfera.integration.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.database.RequestScope;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/** Turns a failure into the problem that a client may see, and logs what it may not see under the same reference. */
@Component("problems")
public class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final long DATABASE_RETRY_SECONDS = 5;
    /** SQLSTATEs of a unique key that was stored, and of a row referred to that was deleted, since a statement looked. */
    private static final Set<String> MET_ANOTHER = Set.of("23505", "23503");

    private static final long OTHER_SYSTEM_RETRY_SECONDS = 30;
    private static final long CONFLICT_RETRY_SECONDS = 1;
    private static final long ROUTE_RETRY_SECONDS = 5;

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    /** The problem for a failure; an unforeseen one gets a reference under which the log has the whole story. */
    public Problem of(Throwable failure) {
        if (isGivenUp(failure)) {
            LOG.info("A request was given up: its client went, or it took longer than platform.database allows");
            return Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "The answer took longer than a request may. Ask for less: with filters, or a smaller page.")
                    .retryAfter(DATABASE_RETRY_SECONDS);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
            if (cause instanceof CannotGetJdbcConnectionException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof DataAccessResourceFailureException) {
                LOG.warn("The database cannot be reached: {}", rootMessage(cause));
                return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached at the moment.")
                        .retryAfter(DATABASE_RETRY_SECONDS);
            }
            if (cause instanceof ConcurrencyFailureException) {
                LOG.info("A request met another one on the same rows: {}", rootMessage(cause));
                return conflict();
            }
            if (cause instanceof SQLException refused && MET_ANOTHER.contains(refused.getSQLState())) {
                LOG.warn("A request met another one that stored or deleted the same: {}", refused.getMessage());
                return conflict();
            }
            if (cause instanceof DirectConsumerNotAvailableException stopped) {
                LOG.warn("A request needs a route that does not run: {}", stopped.getMessage());
                return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "A part of the platform that this needs is stopped.")
                        .retryAfter(ROUTE_RETRY_SECONDS);
            }
            if (cause instanceof JacksonException malformed) {
                return Problem.of(
                        HttpStatus.BAD_REQUEST, "The body is not valid JSON: " + JsonDocument.where(malformed));
            }
            if (cause instanceof IOException) {
                LOG.warn("A request needed another system that did not answer: {}", rootMessage(cause));
                return Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "The other system cannot be reached at the moment. A test of the connection says why.")
                        .retryAfter(OTHER_SYSTEM_RETRY_SECONDS);
            }
        }
        String reference = UUID.randomUUID().toString();
        LOG.error("Request failed unexpectedly, reference {}", reference, failure);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something unexpected happened. The log has it under the reference " + reference + ".");
    }

    private static boolean isGivenUp(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException cancelled && RequestScope.CANCELLED.equals(cancelled.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static Problem conflict() {
        return Problem.of(HttpStatus.CONFLICT, "Another request changed the same at this moment. Send it again.")
                .retryAfter(CONFLICT_RETRY_SECONDS);
    }

    /** The problem as JSON. */
    public String json(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem is always writable", e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
