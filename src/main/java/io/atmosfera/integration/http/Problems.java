package io.atmosfera.integration.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
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
    private static final long CONFLICT_RETRY_SECONDS = 1;

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    /** The problem for a failure; an unforeseen one gets a reference under which the log has the whole story. */
    public Problem of(Throwable failure) {
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
                return Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE, "Another request changed the same just now. Try again.")
                        .retryAfter(CONFLICT_RETRY_SECONDS);
            }
            if (cause instanceof JacksonException malformed) {
                return Problem.of(HttpStatus.BAD_REQUEST, "The body is not valid JSON: " + where(malformed));
            }
        }
        String reference = UUID.randomUUID().toString();
        LOG.error("Request failed unexpectedly, reference {}", reference, failure);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something unexpected happened. The log has it under the reference " + reference + ".");
    }

    /** The problem as JSON. */
    public String json(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem is always writable", e);
        }
    }

    private static String where(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null
                ? "it ends too early"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
