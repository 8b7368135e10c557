package io.atmosfera.integration.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.OutboundRequest;
import io.atmosfera.integration.outbound.RefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cloud and Data Center: which one it is, and where their APIs differ outside of the search. */
@Component("deployments")
public class Deployments {

    private static final String CLOUD = "cloud";
    private static final String DATA_CENTER = "datacenter";

    private final ObjectMapper json;
    private final JiraRequests requests;

    Deployments(ObjectMapper json, JiraRequests requests) {
        this.json = json;
        this.requests = requests;
    }

    /** A connection before it is known what it leads to; /serverInfo is at the same place on both. */
    public JiraConnection undetected(Object configId, String config) {
        return JiraConnection.of(String.valueOf(configId), tree(config), DATA_CENTER);
    }

    /**
     * What /serverInfo says.
     *
     * @throws RefusedException where it is no /serverInfo of Jira's
     */
    public String of(JsonNode serverInfo, JiraConnection connection) {
        String type = serverInfo.path("deploymentType").asText();
        if (type.equalsIgnoreCase("Cloud")) {
            return CLOUD;
        }
        if (!type.isEmpty()) {
            return DATA_CENTER;
        }
        if (connection.baseUrl().contains(".atlassian.net")) {
            return CLOUD;
        }
        if (!serverInfo.has("version") && !serverInfo.has("baseUrl")) {
            throw new RefusedException(
                    Reason.NOT_THE_API,
                    "What answers at jiraUrl is not Jira: its /rest/api/2/serverInfo names no version.");
        }
        return DATA_CENTER;
    }

    /** Where Jira takes itself to be, without a slash at its end; null where it does not say. */
    public static @Nullable String baseUrl(JsonNode serverInfo) {
        String said = serverInfo.path("baseUrl").asText("").replaceAll("/+$", "");
        return said.isEmpty() ? null : said;
    }

    /** The connection with the deployment that /serverInfo names; see {@link #of(JsonNode, JiraConnection)}. */
    public JiraConnection found(JiraConnection connection, JsonNode serverInfo) {
        return connection.of(of(serverInfo, connection));
    }

    /**
     * What a Jira is, and what it says of itself.
     *
     * @param deployment the one that is configured; where none is, what /serverInfo says
     * @param said       the deployment, where Jira has said so; null where it has to be asked again
     * @param baseUrl    see {@link #baseUrl}
     */
    public record Detected(String deployment, @Nullable String said, @Nullable String baseUrl) {}

    /** What is to be kept of an answer of /serverInfo. */
    public Detected detected(JsonNode serverInfo, JiraConnection connection, @Nullable String configured) {
        String deployment = configured == null ? of(serverInfo, connection) : configured;
        return new Detected(deployment, serverInfo.isEmpty() ? null : deployment, baseUrl(serverInfo));
    }

    /**
     * Nothing, in place of a /serverInfo that Jira refuses although it is configured what it is: what is asked next tells why.
     *
     * @throws Throwable the refusal, where it is not configured
     */
    public JsonNode unsaid(Throwable refusal, @Nullable String configured) throws Throwable {
        if (configured == null) {
            throw refusal;
        }
        return json.createObjectNode();
    }

    /** The claim with the deployment and the site that were found. */
    public Map<String, Object> known(Map<String, Object> claim, String deployment, int site) {
        Map<String, Object> known = new HashMap<>(claim);
        known.put("deployment", deployment);
        known.put("detected", deployment);
        known.put("site", site);
        return known;
    }

    /** Asks how many issues a scope has: Cloud estimates it, Data Center counts while it searches for nothing. */
    public OutboundRequest countQuestion(JiraConnection connection) {
        return connection.isCloud()
                ? requests.post(
                        connection,
                        connection.api("/search/approximate-count"),
                        json.createObjectNode().put("jql", connection.scope()).toString())
                : requests.get(
                        connection,
                        connection.api("/search?maxResults=0&fields=id&jql=")
                                + URLEncoder.encode(connection.scope(), StandardCharsets.UTF_8));
    }

    /** The count in an answer, or null if there is none. */
    public @Nullable Integer count(@Nullable JsonNode answer) {
        if (answer == null) {
            return null;
        }
        JsonNode count = answer.has("count") ? answer.path("count") : answer.path("total");
        return count.isInt() ? count.asInt() : null;
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }
}
