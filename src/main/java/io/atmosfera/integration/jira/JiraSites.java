package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.database.PackedPayload;
import io.atmosfera.integration.database.SqlFile;
import io.atmosfera.integration.jira.SiteSearch.Issue;
import io.atmosfera.integration.jira.SiteSearch.Site;
import io.atmosfera.integration.outbound.LenientJson;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The Jiras that a project was connected with, and which of them an address leads to. */
@Component("jiraSites")
public class JiraSites {

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;
    private final String samples = SqlFile.read("jira/site-samples");

    JiraSites(JdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Begins a search for the site of a connection; it has ended where the site is known.
     *
     * @param claim   the project and, where it is known, the site
     * @param baseUrl where Jira takes itself to be
     */
    public SiteSearch begin(Map<String, Object> claim, JiraConnection connection, @Nullable String baseUrl) {
        if (claim.get("site") instanceof Number known) {
            return new SiteSearch(connection, List.of(), known.intValue(), known.intValue());
        }
        Map<Integer, Site> sites = new LinkedHashMap<>();
        List<Integer> byUse = jdbc.queryForList(
                "SELECT site FROM jira_sites WHERE project_id = ? ORDER BY used_at DESC, site DESC",
                Integer.class,
                claim.get("project_id"));
        jdbc.query(
                samples,
                row -> {
                    Site site = sites.computeIfAbsent(row.getInt("site"), number -> site(number, row));
                    if (row.getString("jira_key") != null) {
                        site.issues().add(new Issue(row.getLong("jira_id"), row.getString("jira_key"), created(row)));
                    }
                },
                connection.baseUrl(),
                baseUrl,
                claim.get("project_id"));
        int unused = byUse.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        return new SiteSearch(connection, List.copyOf(sites.values()), byUse.isEmpty() ? 0 : byUse.get(0), unused);
    }

    private static Site site(int number, ResultSet row) {
        try {
            return new Site(number, row.getBoolean("named"), new ArrayList<>());
        } catch (SQLException e) {
            throw new IllegalStateException("The statement gives this column", e);
        }
    }

    private @Nullable Long created(ResultSet row) throws SQLException {
        byte[] payload = row.getBytes("payload");
        if (payload == null) {
            return null;
        }
        try {
            return created(LenientJson.read(PackedPayload.unpack(payload, row.getInt("length")), json));
        } catch (IOException unreadable) {
            return null;
        }
    }

    /**
     * Notes what is under the id of the next issue.
     *
     * @param answer the issue there; null if there is none
     */
    public boolean compare(SiteSearch search, byte @Nullable [] answer) throws IOException {
        JsonNode issue = answer != null && answer.length > 0 ? LenientJson.read(answer, json) : json.createObjectNode();
        boolean there = !issue.isEmpty();
        search.compared(there, search.issue().key().equals(issue.path("key").asText()), created(issue));
        return there;
    }

    private static @Nullable Long created(JsonNode issue) {
        return JiraTime.millis(issue.path("fields").path("created").asText(null));
    }
}
