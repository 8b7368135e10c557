package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a project's Jira is and what of it belongs to the project; its credential is not part of this.
 *
 * @param id         names the connection for the HTTP client, which opens the credential
 * @param baseUrl    without a slash at its end
 * @param deployment {@code cloud} or {@code datacenter}
 * @param projectKey Jira's project
 * @param jql        replaces {@code project = KEY} where it is set
 */
public record JiraConnection(String id, String baseUrl, String deployment, String projectKey, @Nullable String jql) {

    /** Words that JQL reserves and that could be a project's key; only then the key is quoted. */
    private static final Pattern RESERVED = Pattern.compile(
            "(?i)and|or|not|in|is|was|on|to|by|as|at|if|do|no|of|set|get|all|any|end|key|like|null|then|when|with|from|empty");

    private static final Pattern ORDER_BY = Pattern.compile("(?i)\\border\\s+by\\b");

    static JiraConnection of(String id, JsonNode config, String deployment) {
        String url = config.path("jiraUrl").asText().replaceFirst("/+$", "");
        String jql = config.path("jql").asText("");
        return new JiraConnection(id, url, deployment, config.path("projectKey").asText(), jql.isBlank() ? null : jql);
    }

    public boolean isCloud() {
        return deployment.equals("cloud");
    }

    /** The address of an API of this Jira; version 2 on both deployments, for its texts are the webhooks' texts. */
    public String api(String path) {
        return baseUrl + "/rest/api/2" + path;
    }

    /** The JQL that selects the project's issues, without an order. */
    public String scope() {
        return jql == null ? defaultScope() : unordered(jql);
    }

    private String defaultScope() {
        boolean quoted = RESERVED.matcher(projectKey).matches();
        return "project = " + (quoted ? '"' + projectKey + '"' : projectKey);
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
