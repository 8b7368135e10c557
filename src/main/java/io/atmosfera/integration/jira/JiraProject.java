package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Jira's project by what stays and what may change: it can be renamed, and another one can get the key that it had.
 *
 * @param id  stays
 * @param key as it is now
 */
public record JiraProject(String id, String key) {

    /** What an issue tells of a connection's project that is not known: its id, or the key that it has got. */
    static @Nullable JiraProject learned(JiraConnection connection, @Nullable JsonNode issue) {
        return issue == null ? null : of(connection, issue.path("fields").path("project"));
    }

    /** The same of a project as Jira shows it. */
    static @Nullable JiraProject of(JiraConnection connection, JsonNode project) {
        String id = project.path("id").asText("");
        String key = project.path("key").asText("");
        if (connection.jql() != null || id.isEmpty() || key.isEmpty()) {
            return null;
        }
        boolean sameKey = key.equalsIgnoreCase(connection.projectKey());
        boolean isNews = connection.projectId() == null ? sameKey : id.equals(connection.projectId()) && !sameKey;
        return isNews ? new JiraProject(id, key) : null;
    }
}
