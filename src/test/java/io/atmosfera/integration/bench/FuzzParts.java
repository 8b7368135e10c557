package io.atmosfera.integration.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Pieces of requests, most of them wrong. */
final class FuzzParts {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

    private static final List<String> VALUES = List.of(
            "",
            "%",
            "%zz",
            "%ff",
            "%00",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "%205",
            "%0A5",
            "5%20",
            "-1",
            "0",
            "501",
            "1e3",
            "1e999999999",
            "9223372036854775808",
            "99999999999999999999999999",
            "NaN",
            "null",
            "true",
            "0x10",
            "%D9%A3",
            "0000-01-01T00:00:00Z",
            "0000-00-00",
            "2024-02-30T00:00:00Z",
            "2024-01-01T00:00:00%2B16:00",
            "2024-01-01T00:00:00-18:30",
            "%2B999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "2024-01-01",
            "2024-01-01T24:00:00Z",
            "2024-06-30T23:59:60Z",
            "294277-01-01T00:00:00Z",
            "'",
            "%22",
            "%27%3B--",
            "%5C",
            "%25",
            "%2a",
            "(((",
            "%5B%5B",
            "a,b,,c",
            ",",
            "%2C%2C",
            "--",
            "key",
            "-name",
            "desc",
            "ABC-1",
            "abc%2D1",
            "%E2%80%AE",
            "a%0d%0aX-Mark:%201",
            "${header.x}",
            "#{1+1}",
            "$simple{exception}",
            "bean:problems",
            "eyJhIjoxfQ",
            "W10",
            "bnVsbA==",
            "AAAA",
            "..",
            "%2e%2e",
            "%2f",
            ";x=1",
            "&",
            "=",
            "==",
            "a=b",
            "+",
            "%C0%AF",
            "\\");

    private static final List<String> NAMES = List.of(
            "x",
            "limt",
            "Limit",
            "%",
            "%zz",
            "",
            "__proto__",
            "Location",
            "Content-Encoding",
            "CamelHttpResponseCode",
            "PlatformRole",
            "projectid",
            "ofSource",
            "labelsJson",
            "sort",
            "cursor",
            "limit");

    private static final List<String> HEADERS = List.of(
            "Content-Encoding: gzip",
            "Content-Encoding: nonsense",
            "Accept: nonsense",
            "Accept-Encoding: ,,,",
            "Accept-Language: \u00ff",
            "X-Forwarded-For: 1.2.3.4, nonsense",
            "X-Forwarded-Host: evil",
            "Forwarded: for=1",
            "Range: bytes=5-1",
            "If-None-Match: \"",
            "If-Modified-Since: never",
            "Cookie: a=b; ;=;\u00ff",
            "Origin: null",
            "Origin: http://evil.example.com",
            "Sec-Fetch-Site: cross-site",
            "Upgrade: websocket",
            "Connection: upgrade",
            "Sec-WebSocket-Protocol: bearer, %zz",
            "Sec-WebSocket-Key: x",
            "Authorization: Basic %%%",
            "Authorization: Bearer",
            "Authorization: Digest x",
            "Expect: nonsense",
            "Transfer-Encoding: gzip",
            "CamelHttpResponseCode: 500",
            "CamelHttpUri: http://127.0.0.1:1/",
            "PlatformRole: ADMIN",
            "no colon",
            "X-Long: " + "x".repeat(4000),
            "X-Hub-Signature: sha256=zz",
            "X-Hub-Signature: sha256=" + "0".repeat(64),
            "X-Hub-Signature-256: sha256=" + "f".repeat(64),
            "traceparent: 00-zz",
            "breadcrumbId: a b",
            "Date: x",
            "Content-Type: a/b",
            "X-HTTP-Method-Override: DELETE",
            "TE: trailers",
            "Trailer: Host",
            "X: \0");

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json",
            "application/json; charset=utf-8",
            "application/json; charset=nonsense",
            "application/json; charset=utf-16",
            "application/json;;;=",
            "json",
            "*/*",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data;boundary=x",
            "multipart/form-data",
            "application/xml",
            "application/merge-patch+json",
            "application/x-java-serialized-object",
            "a/b/c",
            "",
            "application/json; charset=\"",
            "application/octet-stream");

    private static final List<String> PROPERTIES = List.of(
            "name",
            "key",
            "jiraUrl",
            "apiKey",
            "email",
            "projectKey",
            "jql",
            "deployment",
            "webhookSecret",
            "fieldMappings",
            "syncIntervalMinutes",
            "autoSync",
            "syncType",
            "repository",
            "repositories",
            "accessToken",
            "apiUrl",
            "username",
            "role",
            "userId",
            "expiresInDays",
            "dryRun",
            "status",
            "url",
            "token",
            "parameters",
            "issueKey",
            "nmae",
            "",
            "__proto__",
            "a.b",
            "\\u0000",
            "\\ud800",
            "webhookEvent",
            "issue",
            "type",
            "mbean");

    private final Random random;
    private final long project;

    private final List<Supplier<byte[]>> bodies = List.of(
            () -> utf8(object(3)),
            () -> utf8(object(3)),
            () -> utf8(object(3)),
            () -> utf8(object(2) + object(1)),
            () -> cut(utf8(object(4))),
            () -> flipped(utf8(object(4))),
            () -> object(2).getBytes(StandardCharsets.UTF_16),
            () -> utf8("{\"a\":".repeat(random(3000))),
            () -> utf8("[".repeat(random(3000)) + "]".repeat(random(3000))),
            () -> utf8("{\"fieldMappings\": {\"summary\": \"" + "(".repeat(random(2000)) + "\"}}"),
            () -> utf8("a=%zz&b=%"),
            () -> utf8("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}\r\n--x--\r\n"),
            () -> bytes(random(500)),
            () -> utf8("\"" + "x".repeat(random(100_000)) + "\""),
            () -> utf8(" ".repeat(random(2000))),
            () -> utf8("{}"),
            () -> utf8("null"),
            () -> new byte[0]);

    FuzzParts(Random random, long project) {
        this.random = random;
        this.project = project;
    }

    private int random(int below) {
        return random.nextInt(below);
    }

    private <T> T any(List<T> list) {
        return list.get(random(list.size()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] cut(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, random(bytes.length + 1));
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = random(5); i >= 0; i--) {
            bytes[random(bytes.length)] = (byte) random(256);
        }
        return bytes;
    }

    String method() {
        return any(
                List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "PROPFIND", "X"));
    }

    /** A path whose variables are sometimes what they should be. */
    String path(String form) {
        String path = VARIABLE.matcher(form)
                .replaceAll(variable -> java.util.regex.Matcher.quoteReplacement(
                        switch (random(4)) {
                            case 0 -> plain(any(VALUES));
                            case 1 -> String.valueOf(random.nextLong());
                            default -> String.valueOf(project);
                        }));
        return switch (random(30)) {
            case 0 -> path + "/";
            case 1 -> path.replaceFirst("/", "//");
            case 2 -> path + "/..";
            case 3 -> path + "%2e";
            case 4 -> path + ";a=b";
            case 5 -> path.toUpperCase(java.util.Locale.ROOT);
            default -> path;
        };
    }

    private static String plain(String value) {
        return value.isEmpty() ? "%20" : value.replace('&', 'a').replace('#', 'a');
    }

    String query(List<String> known) {
        StringBuilder query = new StringBuilder();
        for (int i = random(4); i >= 0; i--) {
            String name = known.isEmpty() || random(4) == 0 ? any(NAMES) : any(known);
            query.append(query.length() == 0 ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(any(VALUES));
        }
        return query.toString();
    }

    String header() {
        return any(HEADERS);
    }

    String contentType() {
        return any(TYPES);
    }

    /** How the length of the body is said, now and then wrongly. */
    String framing(int length) {
        return switch (random(25)) {
            case 0 -> "Transfer-Encoding: chunked\r\n";
            case 1 -> "Content-Length: " + (length + 10) + "\r\n";
            case 2 -> "Content-Length: -1\r\n";
            case 3 -> "Content-Length: x\r\n";
            case 4 -> "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n";
            case 5 -> "Content-Length: " + length + "\r\nContent-Length: 1\r\n";
            case 6 -> "Content-Length: 99999999999999999999\r\n";
            default -> "Content-Length: " + length + "\r\n";
        };
    }

    byte[] body() {
        return any(bodies).get();
    }

    private String object(int depth) {
        StringBuilder object = new StringBuilder("{");
        for (int i = random(6); i > 0; i--) {
            object.append(object.length() == 1 ? "" : ", ")
                    .append('"')
                    .append(any(PROPERTIES))
                    .append("\": ")
                    .append(value(depth - 1));
        }
        return object.append('}').toString();
    }

    private String value(int depth) {
        return switch (random(depth > 0 ? 12 : 10)) {
            case 0 -> "null";
            case 1 -> "-1";
            case 2 -> "1e999999999";
            case 3 -> "9".repeat(1 + random(1500));
            case 4 -> "true";
            case 5 -> "\"" + "ä".repeat(random(3000)) + "\"";
            case 6 ->
                any(List.of(
                        "\"\\ud800\"",
                        "\"\\u0000\"",
                        "\" \"",
                        "\"\"",
                        "NaN",
                        "'x'",
                        "\"\t\"",
                        "0.1",
                        "01",
                        "[]",
                        "{}"));
            case 7 -> "\"http://127.0.0.1:1/" + random(10) + "\"";
            case 8 ->
                any(List.of(
                        "\"full\"",
                        "\"ADMIN\"",
                        "\"VIEWER\"",
                        "\"AB\"",
                        "\"owner/name\"",
                        "\"auto\"",
                        "\".key\"",
                        "\"jira\""));
            case 9 -> "\"" + random.nextLong() + "\"";
            case 10 -> "[" + value(depth - 1) + ", " + value(depth - 1) + "]";
            default -> object(depth);
        };
    }
}
