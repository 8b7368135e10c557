package io.atmosfera.integration.webhook;

import io.atmosfera.integration.connection.Sources;
import io.atmosfera.integration.inbox.Webhooks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Where webhooks come in: each source that has some has an address for all projects and one for a project. */
@Component
class WebhookDoors {

    private final Sources sources;

    WebhookDoors(Sources sources) {
        this.sources = sources;
    }

    private static List<String> paths(String source) {
        return List.of("/api/webhooks/" + source, "/api/projects/{projectId}/" + source + "-webhook");
    }

    List<String> paths() {
        return sources.withWebhooks().stream()
                .flatMap(source -> paths(source).stream())
                .toList();
    }

    /** Whose deliveries come in at one of those paths. */
    String source(String path) {
        return sources.withWebhooks().stream()
                .filter(source -> paths(source).contains(path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No source has webhooks at " + path));
    }

    Webhooks webhooks(String path) {
        return sources.webhooks(source(path));
    }

    /** What is read of a delivery at one of those paths beside its body. */
    Set<String> headers(String path) {
        Set<String> headers = new HashSet<>(webhooks(path).headers());
        headers.add("Content-Type");
        headers.add("User-Agent");
        return headers;
    }
}
