package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.util.List;

/** Somebody with an account who works on the repository. */
record Developer(long id, String login, String displayName, String email) {

    /** The account behind the token. */
    static final Developer CALLER = new Developer(9001, "tideline-integration", "Integration", "integration");

    static final List<Developer> TEAM = List.of(
            developer(9002, "maja-jensen", "Maja Jensen"),
            developer(9003, "lukasz-zak", "\u0141ukasz \u017Bak"),
            developer(9004, "sile-oconnor", "S\u00EDle O'Connor"),
            developer(9005, "pferreira", "Paulo Ferreira"),
            developer(9006, "nadia-khan", "Nadia Khan"));

    private static Developer developer(long id, String login, String displayName) {
        return new Developer(id, login, displayName, login + "@tideline.example");
    }

    /** As an object of the API has a user. */
    ObjectNode user(String base) {
        return Json.object()
                .put("login", login)
                .put("id", id)
                .put("type", "User")
                .put("site_admin", false)
                .put("url", base + "/users/" + login)
                .put("html_url", base + "/" + login);
    }
}
