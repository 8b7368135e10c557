package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.http.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a project's Jira is and what of it belongs to the project; its credential is not part of this.
 *
 * @param id         names the connection for the HTTP client, which opens the credential
 * @param baseUrl    without a slash at its end
 * @param deployment {@code cloud} or {@code datacenter}
 * @param projectKey Jira's project, by the key that it has now
 * @param jql        replaces {@code project = "KEY"} where it is set
 * @param projectId  the id of Jira's project, which stays when it is renamed; null where it is not known yet
 */
public record JiraConnection(
        String id,
        String baseUrl,
        String deployment,
        String projectKey,
        @Nullable String jql,
        @Nullable String projectId) {

    /** An issue's creation does not change, its last update does. */
    static final String STABLE_ORDER = " ORDER BY created ASC, key ASC";

    private static final Pattern ORDER_BY = Pattern.compile("(?i)\\border\\s+by\\b");

    static JiraConnection of(String id, JsonNode config, String deployment) {
        String url = config.path("jiraUrl").asText().replaceFirst("/+$", "");
        String jql = config.path("jql").asText("");
        String key = config.path("projectKey").asText();
        return new JiraConnection(id, url, deployment, key, jql.isBlank() ? null : jql, null);
    }

    public boolean isCloud() {
        return deployment.equals("cloud");
    }

    /** The same connection of a deployment that was found out. */
    JiraConnection of(String found) {
        return new JiraConnection(id, baseUrl, found, projectKey, jql, projectId);
    }

    /** The same connection with what has been learned of Jira's project: its id, and the key that it has now. */
    JiraConnection of(@Nullable String learnedId, @Nullable String learnedKey) {
        return new JiraConnection(
                id, baseUrl, deployment, learnedKey == null ? projectKey : learnedKey, jql, learnedId);
    }

    /**
     * Whether an issue is in the project: by the project's id where both are known, else by its key. What a JQL of its own
     * selects, only Jira can say.
     */
    boolean reaches(@Nullable JsonNode issue) {
        if (jql != null || issue == null) {
            return true;
        }
        JsonNode project = issue.path("fields").path("project");
        String theirs = project.path("id").asText("");
        if (projectId != null && !theirs.isEmpty()) {
            return theirs.equals(projectId);
        }
        String key = projectOf(issue);
        return key.isEmpty() || key.equalsIgnoreCase(projectKey);
    }

    /** The key of an issue's project, empty where it has none. */
    static String projectOf(JsonNode issue) {
        String key = issue.path("key").asText("");
        return key.isEmpty() ? issue.path("fields").path("project").path("key").asText("") : projectOf(key);
    }

    /** The key of the project of an issue with this key. */
    static String projectOf(String issueKey) {
        return issueKey.substring(0, Math.max(0, issueKey.lastIndexOf('-')));
    }

    /** The address of an API of this Jira; version 2 on both deployments, for its texts are the webhooks' texts. */
    public String api(String path) {
        return baseUrl + "/rest/api/2" + path;
    }

    /** The JQL that selects the project's issues, without an order. */
    public String scope() {
        return jql == null ? "project = " + quoted(projectKey) : unordered(jql);
    }

    /** The JQL of a full sync: the whole scope, in an order that does not move while we crawl. */
    public String crawl() {
        return scope() + STABLE_ORDER;
    }

    /** A value in JQL. Always in quotes: JQL reserves some 150 words, many of which are good keys. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * Passes where a JQL says which issues it means.
     *
     * @throws ProblemException 400 where it has only an order, by which all of Jira would be meant
     */
    static void requireRestriction(String jql) {
        if (unordered(jql).isEmpty()) {
            throw ProblemException.invalid(
                    "jql", "selects nothing: it needs a restriction before ORDER BY, such as project = \"KEY\"");
        }
    }

    /** A JQL without its ORDER BY, which is not looked for inside of quotes. */
    static String unordered(String jql) {
        StringBuilder visible = new StringBuilder(jql);
        char quote = 0;
        for (int i = 0; i < jql.length(); i++) {
            char c = jql.charAt(i);
            if (quote != 0) {
                visible.setCharAt(i, ' ');
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
        }
        Matcher order = ORDER_BY.matcher(visible);
        return (order.find() ? jql.substring(0, order.start()) : jql).strip();
    }
}
