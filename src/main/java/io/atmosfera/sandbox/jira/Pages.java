package io.atmosfera.sandbox.jira;

/** The HTML that Jira, or what stands in front of it, answers where a client expects JSON. */
final class Pages {

    static final String UNAUTHORIZED =
            page("Unauthorized (401)", "Basic Authentication Failure - AUTHENTICATED_FAILED");
    static final String DEAD_LINK = page("Oops, you've found a dead link.", "Go back to the previous page.");
    static final String BAD_GATEWAY = page("502 Bad Gateway", "nginx");
    static final String LOGIN = page(
            "Log in - Jira",
            "<form id=\"login-form\" action=\"/login.jsp\" method=\"post\">"
                    + "<input name=\"os_username\"><input name=\"os_password\" type=\"password\"></form>");

    private Pages() {}

    private static String page(String title, String content) {
        return "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n<body><h1>" + title + "</h1>\n"
                + content + "\n</body></html>\n";
    }
}
