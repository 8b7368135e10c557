package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.http.NotFoundException;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.LenientJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds single issues for those who ask for one: previews and retries. */
@Component("issueLookup")
public class IssueLookup {

    private static final String DETAILS = "?fields=*all&expand=changelog";

    private final ObjectMapper json;
    private final TicketRows rows;
    private final JiraProperties properties;

    IssueLookup(ObjectMapper json, TicketRows rows, JiraProperties properties) {
        this.json = json;
        this.rows = rows;
        this.properties = properties;
    }

    public long getProbeSeconds() {
        return Math.max(1, properties.probeInterval().toSeconds());
    }

    /** The connection of a row that names its id and configuration. */
    public JiraConnection connection(Map<String, Object> row) throws IOException {
        JsonNode config = json.readTree(String.valueOf(row.get("config")));
        return JiraConnection.of(
                String.valueOf(row.get("id")), config, config.path("deployment").asText("auto"));
    }

    /** Where the issue of a preview is: the one it names, else the latest of the scope. */
    public String url(JiraConnection connection, JsonNode preview) {
        String key = preview.path("issueKey").asText("");
        if (!key.isEmpty()) {
            return connection.api("/issue/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + DETAILS);
        }
        String search = connection.deployment().equals("datacenter") ? "/search" : "/search/jql";
        return connection.api(search + "?maxResults=1&fields=*all&expand=changelog&jql="
                + URLEncoder.encode(connection.scope() + " ORDER BY updated DESC", StandardCharsets.UTF_8));
    }

    /** Whether there is an issue in an answer, and in the connection's project. */
    public boolean isOurs(byte @Nullable [] answer, JiraConnection connection) throws IOException {
        return answer != null && answer.length > 0 && connection.reaches(LenientJson.read(answer, json));
    }

    public String byId(JiraConnection connection, String issueId) {
        return connection.api("/issue/" + URLEncoder.encode(issueId, StandardCharsets.UTF_8) + DETAILS);
    }

    /** The page of one issue in an answer, whether it came from a search or by its key. */
    public IssuePage page(byte[] answer) {
        IssuePage single = IssuePage.of(List.of(answer), IssuePage.TOLD, json);
        if (!single.issues().get(0).has("issues")) {
            return single;
        }
        IssuePage page = IssuePage.parse(answer, null, IssuePage.TOLD, json);
        if (page.size() == 0) {
            throw new NotFoundException("The scope has no issue to preview; name one with issueKey.");
        }
        return page;
    }

    /** What a preview answers: the ticket as it would be stored, and the issue. */
    public String preview(ArrayNode mapped, IssuePage page) throws IOException {
        ObjectNode row = (ObjectNode) mapped.get(0);
        if (row.has("error")) {
            String error = row.path("error").asText();
            int colon = error.indexOf(": ");
            throw error.startsWith("fieldMappings.") && colon > 0
                    ? ProblemException.invalid(error.substring(0, colon), error.substring(colon + 2))
                    : ProblemException.invalid("issueKey", "names an issue that cannot be mapped: " + error);
        }
        ObjectNode answer = json.createObjectNode();
        answer.set("ticket", rows.preview(mapped));
        for (Map.Entry<String, JsonNode> left : row.path(LeftOut.MEMBER).properties()) {
            if (!left.getValue().asText().isEmpty()) {
                throw ProblemException.invalid(
                        "fieldMappings." + left.getKey(), left.getValue().asText());
            }
        }
        answer.set("issue", page.issues().get(0));
        return answer.toString();
    }
}
