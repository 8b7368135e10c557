package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Follows Jira's project when it gets another key: by its id, which stays. */
@Component("jiraProjects")
public class JiraProjects {

    private final JiraFailures failures;

    JiraProjects(JiraFailures failures) {
        this.failures = failures;
    }

    /**
     * The refusal of a crawl that may have been refused since Jira's project has another key by now.
     *
     * @throws Throwable the failure, where that cannot be
     */
    public RefusedException perhapsRenamed(SyncRun run, Throwable failure) throws Throwable {
        JiraConnection connection = run.getConnection();
        if (RootCause.of(failure) instanceof RefusedException refusal
                && refusal.reason() == CallException.Reason.BAD_REQUEST
                && connection.jql() == null
                && connection.projectId() != null
                && !run.isResumed()) {
            return refusal;
        }
        throw RootCause.of(failure);
    }

    /**
     * The key that Jira's project has got.
     *
     * @param project the project as Jira shows it
     * @throws RefusedException the refusal that made somebody ask, where it has the key that is known
     */
    public JiraProject renamed(SyncRun run, JsonNode project, RefusedException refusal) {
        JiraProject renamed = JiraProject.of(run.getConnection(), project);
        if (renamed == null) {
            throw refusal;
        }
        return renamed;
    }

    /** The claim with what has been learned of Jira's project. */
    public Map<String, Object> known(Map<String, Object> claim, JiraProject project) {
        Map<String, Object> known = new HashMap<>(claim);
        known.put("jira_project_id", project.id());
        known.put("jira_project_key", project.key());
        return known;
    }
}
