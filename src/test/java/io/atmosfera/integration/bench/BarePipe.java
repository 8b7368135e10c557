package io.atmosfera.integration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The limit: a bare program that fetches pages (the next one while it works on the last), parses them, hashes each row
 * and COPYs it into a table of the same columns without an index. Arguments: Jira's address, JDBC URL, page size, runs.
 */
final class BarePipe {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private BarePipe() {}

    public static void main(String[] arguments) throws Exception {
        for (int run = 0; run < Integer.parseInt(arguments[3]); run++) {
            try (Connection connection = DriverManager.getConnection(arguments[1])) {
                connection
                        .createStatement()
                        .execute(
                                "DROP TABLE IF EXISTS bare_tickets; CREATE TABLE bare_tickets ("
                                        + "jira_id bigint, jira_key text, issue_type text, summary text, description text, priority text,"
                                        + " status text, assignee text, reporter text, labels jsonb, updated timestamptz, hash text)");
                long start = System.nanoTime();
                int rows = walk(arguments[0], Integer.parseInt(arguments[2]), connection.unwrap(PGConnection.class));
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("bare run %d: %d issues in %.2f s = %.0f/s%n", run, rows, seconds, rows / seconds);
            }
        }
    }

    private static int walk(String jira, int size, PGConnection database) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int rows = 0;
        CompletableFuture<byte[]> next = fetch(jira, size, null);
        while (next != null) {
            JsonNode page = JSON.readTree(next.join());
            next = page.hasNonNull("nextPageToken")
                    ? fetch(jira, size, page.path("nextPageToken").asText())
                    : null;
            StringBuilder copy = new StringBuilder();
            for (JsonNode issue : page.path("issues")) {
                JsonNode fields = issue.path("fields");
                int from = copy.length();
                column(copy, issue.path("id")).append('\t');
                column(copy, issue.path("key")).append('\t');
                column(copy, fields.at("/issuetype/name")).append('\t');
                column(copy, fields.path("summary")).append('\t');
                column(copy, fields.path("description")).append('\t');
                column(copy, fields.at("/priority/name")).append('\t');
                column(copy, fields.at("/status/name")).append('\t');
                column(copy, fields.at("/assignee/displayName")).append('\t');
                column(copy, fields.at("/reporter/displayName")).append('\t');
                copy.append(fields.path("labels")).append('\t');
                column(copy, fields.path("updated")).append('\t');
                copy.append(HexFormat.of()
                                .formatHex(digest.digest(copy.substring(from).getBytes(StandardCharsets.UTF_8))))
                        .append('\n');
                rows++;
            }
            database.getCopyAPI().copyIn("COPY bare_tickets FROM STDIN", new StringReader(copy.toString()));
        }
        return rows;
    }

    private static StringBuilder column(StringBuilder copy, JsonNode value) {
        return value.isNull() || value.isMissingNode()
                ? copy.append("\\N")
                : copy.append(value.asText()
                        .replace("\\", "\\\\")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t"));
    }

    private static CompletableFuture<byte[]> fetch(String jira, int size, @Nullable String token) {
        String url = jira + "/rest/api/2/search/jql?fields=*all&maxResults=" + size + "&jql="
                + URLEncoder.encode("project = BENCH ORDER BY created ASC", StandardCharsets.UTF_8)
                + (token == null ? "" : "&nextPageToken=" + token);
        return HTTP.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
                .thenApply(answer -> answer.body());
    }
}
