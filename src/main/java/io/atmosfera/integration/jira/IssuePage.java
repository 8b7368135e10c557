package io.atmosfera.integration.jira;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.atmosfera.integration.outbound.TransientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of issues, each as a tree for the mapping and as the very bytes that Jira sent, for keeping. The bytes are
 * slices of the answer: writing 500 trees again would cost more than mapping them.
 *
 * @param issues    the issues
 * @param body      the answer
 * @param offsets   where each issue begins and ends in the answer, two numbers an issue
 * @param nextToken Cloud: where the next page begins
 * @param isLast    Cloud: whether there is none, where Jira says so
 * @param total     Data Center: how many issues match
 * @param serverMs  Jira's clock when it answered, in epoch milliseconds, where it says so
 * @param askedMs   when Jira was asked by this server's clock, in epoch milliseconds: what was stored before that is
 *                  older than the page; {@link #TOLD} where Jira was not asked
 * @param unreadable why an issue, by its number in the page, could not be read; an object with its id and key stands for it
 */
public record IssuePage(
        ArrayNode issues,
        byte[] body,
        int[] offsets,
        @Nullable String nextToken,
        @Nullable Boolean isLast,
        @Nullable Integer total,
        @Nullable Long serverMs,
        long askedMs,
        Map<Integer, String> unreadable) {

    /** An event told of the issues. It may be late, so it counts only where it is not older than the row. */
    static final long TOLD = 0;

    /**
     * Reads a search answer.
     *
     * @throws TransientException where it is cut or garbled, or has no issues
     */
    static IssuePage parse(byte[] body, @Nullable Long serverMs, long askedMs, ObjectMapper json) {
        try {
            return read(body, serverMs, askedMs, new IssueReader(json, false));
        } catch (StreamConstraintsException oneGoesBeyond) {
            return readEach(body, serverMs, askedMs, json);
        } catch (IOException malformed) {
            byte[] mended = Surrogates.mended(body);
            if (mended != null) {
                return parse(mended, serverMs, askedMs, json);
            }
            throw new TransientException("Jira's answer is not valid JSON, it was probably cut off");
        }
    }

    private static IssuePage readEach(byte[] body, @Nullable Long serverMs, long askedMs, ObjectMapper json) {
        try {
            return read(body, serverMs, askedMs, new IssueReader(json, true));
        } catch (IOException tooMuch) {
            throw new TransientException("Jira's answer is nested too deep, or has too long texts, to be read at all");
        }
    }

    private static IssuePage read(byte[] body, @Nullable Long serverMs, long askedMs, IssueReader issues)
            throws IOException {
        String nextToken = null;
        Boolean isLast = null;
        Integer total = null;
        boolean found = false;
        try (JsonParser parser = issues.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new TransientException("Jira's search answer is not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "issues" -> {
                        if (value == JsonToken.START_ARRAY) {
                            found = true;
                            issues.read(parser, body);
                        } else {
                            parser.skipChildren();
                        }
                    }
                    case "nextPageToken" -> nextToken = parser.getValueAsString();
                    case "isLast" -> isLast = parser.getValueAsBoolean();
                    case "total" -> total = parser.getValueAsInt();
                    default -> parser.skipChildren();
                }
            }
        }
        if (!found) {
            throw new TransientException("Jira's search answer has no issues in it");
        }
        return new IssuePage(
                issues.issues(),
                body,
                issues.offsets(),
                nextToken,
                isLast,
                total,
                serverMs,
                askedMs,
                issues.unreadable());
    }

    /** A page of issues that did not come from a search: each is given as its bytes. */
    static IssuePage of(List<byte[]> raw, long askedMs, ObjectMapper json) {
        IssueReader issues = new IssueReader(json, false);
        int length = raw.stream().mapToInt(bytes -> bytes.length).sum();
        byte[] body = new byte[length];
        int[] offsets = new int[raw.size() * 2];
        int at = 0;
        try {
            for (int i = 0; i < raw.size(); i++) {
                byte[] bytes = raw.get(i);
                readOne(bytes, issues);
                System.arraycopy(bytes, 0, body, at, bytes.length);
                offsets[2 * i] = at;
                offsets[2 * i + 1] = at += bytes.length;
            }
        } catch (IOException malformed) {
            throw new TransientException("An issue is not valid JSON");
        }
        return new IssuePage(issues.issues(), body, offsets, null, null, null, null, askedMs, issues.unreadable());
    }

    private static void readOne(byte[] bytes, IssueReader issues) throws IOException {
        try {
            issues.read(bytes);
        } catch (IOException malformed) {
            byte[] mended = Surrogates.mended(bytes);
            if (mended == null) {
                throw malformed;
            }
            System.arraycopy(mended, 0, bytes, 0, bytes.length);
            issues.read(bytes);
        }
    }

    /** A page is only ever itself: Camel keys caches by the beans it calls, and must not walk through all issues. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** A time of an issue as Jira says it, in epoch milliseconds; null where it does not. */
    @Nullable
    Long time(int index, String field) {
        return JiraTime.millis(issues.get(index).path("fields").path(field).asText(null));
    }

    int size() {
        return issues.size();
    }

    int begin(int index) {
        return offsets[2 * index];
    }

    int end(int index) {
        return offsets[2 * index + 1];
    }
}
