package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A plain caller of the simulated Jira: no retries, no cleverness. */
public final class JiraClient {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI baseUri;
    private final String authorization;

    private JiraClient(URI baseUri, String authorization) {
        this.baseUri = baseUri;
        this.authorization = authorization;
    }

    public static JiraClient basic(SimulatedJira jira) {
        return basic(jira, "demo@example.com", "sandbox");
    }

    static JiraClient basic(SimulatedJira jira, String user, String secret) {
        byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return new JiraClient(jira.baseUri(), "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    static JiraClient bearer(SimulatedJira jira, String token) {
        return new JiraClient(jira.baseUri(), "Bearer " + token);
    }

    static JiraClient anonymous(SimulatedJira jira) {
        return new JiraClient(jira.baseUri(), "");
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(baseUri.resolve(path)).timeout(Duration.ofSeconds(20));
        return authorization.isEmpty() ? builder : builder.header("Authorization", authorization);
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return MAPPER.readTree(get(path).body());
    }

    /** The keys that one request finds. */
    List<String> keys(String jql) throws IOException, InterruptedException {
        JsonNode body = json("/rest/api/3/search/jql?maxResults=1000&fields=key&jql=" + encode(jql));
        List<String> keys = new ArrayList<>();
        body.path("issues").forEach(issue -> keys.add(issue.path("key").asText()));
        return keys;
    }

    /** Every issue id that following the page tokens yields, in order. */
    List<String> walk(String jql, int pageSize) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String token = "";
        for (int page = 0; page < 100; page++) {
            JsonNode body = json("/rest/api/3/search/jql?maxResults=" + pageSize + "&jql=" + encode(jql) + token);
            body.path("issues").forEach(issue -> ids.add(issue.path("id").asText()));
            if (body.path("isLast").asBoolean()) {
                return ids;
            }
            token = "&nextPageToken=" + encode(body.path("nextPageToken").asText());
        }
        throw new IllegalStateException("Page tokens without end");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
