package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
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
    public JiraRefusalException perhapsRenamed(SyncRun run, Throwable failure) throws Throwable {
        JiraConnection connection = run.getConnection();
        if (failures.cause(failure) instanceof JiraRefusalException refusal
                && refusal.reason() == JiraRefusalException.Reason.BAD_REQUEST
                && connection.jql() == null
                && connection.projectId() != null
                && !run.isResumed()) {
            return refusal;
        }
        throw failures.cause(failure);
    }

    /**
     * The key that Jira's project has got.
     *
     * @param project the project as Jira shows it
     * @throws JiraRefusalException the refusal that made somebody ask, where it has the key that is known
     */
    public JiraProject renamed(SyncRun run, JsonNode project, JiraRefusalException refusal) {
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
