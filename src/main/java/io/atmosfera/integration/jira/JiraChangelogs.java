package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where the whole changelog of an issue is, which Cloud cuts to some 40 entries inside of the issue. */
@Component("jiraChangelogs")
public class JiraChangelogs {

    private static final int PAGE = 100;

    /** Of one ticket no more is read: some tickets are changed by robots every few minutes, for years. */
    private static final long MOST_ENTRIES = 5000;

    /** The first page. */
    public String first(JiraConnection connection, Map<String, Object> work) {
        return url(connection, work, 0);
    }

    /** The next page; null if there is none, or if more would cost too much. */
    public @Nullable String next(JiraConnection connection, Map<String, Object> work, JsonNode page) {
        int size = page.path("values").size();
        long next = page.path("startAt").asLong() + size;
        boolean last = size == 0
                || page.path("isLast").asBoolean(false)
                || (page.path("total").isIntegralNumber()
                        && next >= page.path("total").asLong())
                || next >= MOST_ENTRIES;
        return last ? null : url(connection, work, next);
    }

    private static String url(JiraConnection connection, Map<String, Object> work, long startAt) {
        return connection.api(
                "/issue/" + work.get("jira_id") + "/changelog?maxResults=" + PAGE + "&startAt=" + startAt);
    }
}
