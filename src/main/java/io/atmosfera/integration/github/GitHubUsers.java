package io.atmosfera.integration.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the users in what GitHub says: wherever one stands, an object has its number and its login. */
@Component("githubUsers")
public class GitHubUsers {

    private static final String ID = "id";
    private static final String LOGIN = "login";

    /** Bots and the placeholders of an import may have a login that somebody else has, too. */
    private static final Set<String> WITH_A_LOGIN_OF_THEIR_OWN = Set.of("User", "Organization");

    /** GitHub's have 39 letters, and a few more with the short code of an enterprise. */
    private static final int LONGEST_LOGIN = 100;

    private final ObjectMapper json;

    GitHubUsers(ObjectMapper json) {
        this.json = json;
    }

    /** The users of objects for SQL, as a JSON array of {@code id, login}; null where they name none. */
    public @Nullable String of(JsonNode objects) {
        Map<Long, String> logins = new LinkedHashMap<>();
        users(objects).forEach(user -> logins.put(user.path(ID).longValue(), login(user)));
        ArrayNode rows = json.createArrayNode();
        logins.forEach((id, login) -> rows.addObject().put(ID, id).put(LOGIN, login));
        return rows.isEmpty() ? null : rows.toString();
    }

    /**
     * Objects with the logins that are right; the same ones where they have them.
     *
     * @param learned the row of {@code sql/github/users-learn.sql}; with {@code known}, JSON that gives logins by number
     */
    public JsonNode named(JsonNode objects, Map<String, Object> learned) throws JsonProcessingException {
        if (!(learned.get("known") instanceof String text)) {
            return objects;
        }
        JsonNode known = json.readTree(text);
        JsonNode named = objects.deepCopy();
        for (ObjectNode user : users(named)) {
            JsonNode login = known.path(user.path(ID).asText());
            if (login.isTextual()) {
                user.set(LOGIN, login);
            }
        }
        return named;
    }

    private static List<ObjectNode> users(JsonNode objects) {
        List<ObjectNode> users = new ArrayList<>();
        for (JsonNode parent : objects.findParents(LOGIN)) {
            if (parent instanceof ObjectNode user
                    && user.path(ID).isIntegralNumber()
                    && user.path(ID).canConvertToLong()
                    && user.path(LOGIN).isTextual()
                    && WITH_A_LOGIN_OF_THEIR_OWN.contains(user.path("type").asText("User"))
                    && !login(user).isEmpty()
                    && user.path(LOGIN).textValue().length() <= LONGEST_LOGIN) {
                users.add(user);
            }
        }
        return users;
    }

    private static String login(JsonNode user) {
        return StorableText.clean(user.path(LOGIN).asText());
    }
}
