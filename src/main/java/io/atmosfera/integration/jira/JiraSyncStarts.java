package io.atmosfera.integration.jira;

import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.sync.SyncStarts;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What starting a sync of Jira's asks for: it may name a JQL of its own. */
@Component("jiraSyncStarts")
public class JiraSyncStarts {

    private final SyncStarts starts;

    JiraSyncStarts(SyncStarts starts) {
        this.starts = starts;
    }

    /**
     * What a request asks for.
     *
     * @throws ProblemException 400, where a JQL comes with a sync that uses the configured one, or has only an order
     */
    public Map<String, Object> request(byte @Nullable [] body) throws IOException {
        Map<String, Object> request = starts.request(body);
        if (request.get("jql") != null && !"manual".equals(request.get("syncType"))) {
            throw ProblemException.invalid(
                    "jql", "is only for syncType manual; full and incremental use the configured JQL");
        }
        if (request.get("jql") instanceof String jql) {
            JiraConnection.requireRestriction(jql);
        }
        return request;
    }
}
