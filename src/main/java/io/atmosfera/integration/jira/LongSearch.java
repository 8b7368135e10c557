package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Searches whose JQL makes the address longer than servers and proxies take: Jira accepts the same parameters as the body
 * of a POST to the same place.
 */
@Component("longSearch")
public class LongSearch {

    /** The shortest limit that is common among servers and proxies. */
    private static final int LONGEST_ADDRESS = 2000;

    private final ObjectMapper json;

    LongSearch(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A search by POST.
     *
     * @param url     where it goes, without parameters
     * @param payload the parameters, as JSON
     */
    public record Post(String url, String payload) {}

    /** The POST to send in place of a GET; null where the GET will do. */
    public @Nullable Post of(String url) {
        int query = url.indexOf('?');
        if (url.length() <= LONGEST_ADDRESS || query < 0) {
            return null;
        }
        String place = url.substring(0, query);
        boolean byToken = place.endsWith("/search/jql");
        if (!byToken && !place.endsWith("/search")) {
            return null;
        }
        ObjectNode body = json.createObjectNode();
        for (String parameter : url.substring(query + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = parameter.substring(0, equals);
            String value = URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
            switch (name) {
                case "maxResults", "startAt" -> body.put(name, Long.parseLong(value));
                case "fields" -> list(body, name, value);
                case "expand" -> {
                    // A text for the search by token, a list for the other.
                    if (byToken) {
                        body.put(name, value);
                    } else {
                        list(body, name, value);
                    }
                }
                default -> body.put(name, value);
            }
        }
        return new Post(place, body.toString());
    }

    private static void list(ObjectNode body, String name, String value) {
        for (String member : value.split(",", -1)) {
            body.withArray(name).add(member);
        }
    }
}
