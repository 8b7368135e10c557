package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain caller of the simulated GitHub: no retries, no cleverness. */
final class GitHubClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedGitHub github;

    GitHubClient(SimulatedGitHub github) {
        this.github = github;
    }

    /** @param path below the repository */
    HttpResponse<String> get(String path, String... headers) {
        return send("GET", "/repos/" + github.repository() + path, null, headers);
    }

    JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " is answered by " + answer.statusCode() + ": " + answer.body());
        }
        return tree(answer.body());
    }

    /** @param path below the base of the API */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(path.startsWith("http") ? path : github.baseUri() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .setHeader("Authorization", "Bearer sandbox");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All items of a list, page by page as the Link header leads. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = "/repos/" + github.repository() + path;
        while (next != null) {
            HttpResponse<String> page = send("GET", next, null);
            JsonNode body = tree(page.body());
            (body.isArray()
                            ? body
                            : body.elements().next().isArray() ? body.elements().next() : body.path("workflow_runs"))
                    .forEach(items::add);
            Matcher link = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
            next = link.find() ? link.group(1) : null;
        }
        return items;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
