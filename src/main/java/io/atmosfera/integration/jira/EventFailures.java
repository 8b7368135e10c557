package io.atmosfera.integration.jira;

import io.atmosfera.integration.inbox.Outcome;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.CircuitOpenException;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What becomes of events for which Jira has to be asked and does not answer. */
@Component("eventFailures")
public class EventFailures {

    private static final Duration CIRCUIT = Duration.ofSeconds(30);
    private static final Duration NEEDS_A_PERSON = Duration.ofMinutes(5);

    private final JiraFailures failures;

    EventFailures(JiraFailures failures) {
        this.failures = failures;
    }

    /** Notes that Jira did not answer for the next issue; for what is wrong with the connection, all others wait too. */
    public boolean notFetched(EventPlan plan, Throwable failure) {
        Throwable cause = RootCause.of(failure);
        String reason = failures.describe(cause);
        long id = plan.toFetch().removeFirst();
        Outcome outcome = outcome(cause, reason);
        plan.note(plan.byIssue().getOrDefault(id, List.of()), outcome);
        if (outcome.kind() == Outcome.Kind.WAIT) {
            while (!plan.toFetch().isEmpty()) {
                plan.note(plan.byIssue().getOrDefault(plan.toFetch().removeFirst(), List.of()), outcome);
            }
        }
        return outcome.kind() == Outcome.Kind.WAIT;
    }

    /** Notes that it is not known which Jira the events are of: without that nothing can be stored. */
    public boolean notKnown(EventPlan plan, Throwable failure) {
        Throwable cause = RootCause.of(failure);
        Outcome outcome = outcome(cause, failures.describe(cause));
        plan.byIssue().values().forEach(events -> plan.note(events, outcome));
        plan.note(List.copyOf(plan.scopes()), outcome);
        return outcome.kind() == Outcome.Kind.WAIT;
    }

    private static Outcome outcome(Throwable cause, String reason) {
        if (cause instanceof RateLimited limit) {
            return Outcome.waiting(reason, limit.until());
        }
        if (cause instanceof CircuitOpenException) {
            return Outcome.waiting(reason, Instant.now().plus(CIRCUIT));
        }
        if (cause instanceof RefusedException refusal && refusal.reason() == Reason.AUTHENTICATION) {
            return Outcome.waiting(reason, Instant.now().plus(NEEDS_A_PERSON));
        }
        return Outcome.failed(reason);
    }
}
