package io.atmosfera.integration.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One stream in one sync: from where it is walked, and how far it has come. A mark is what its list is sorted by, a text
 * that sorts as what it means, such as a moment in ISO-8601. Getters in the bean style, for routes and SQL.
 */
public final class StreamRun {

    private static final String NEWEST = "newest";

    private final Start start;
    private @Nullable String etag;
    private @Nullable String newest;
    private @Nullable String oldestOfPage;
    private @Nullable String askedAt;
    private @Nullable ArrayNode ids;
    private int pages;
    private boolean unchanged;
    private int asked;

    /**
     * What a run begins with.
     *
     * @param cursor      what the last complete run has left; empty where there is nothing or nothing shall be known
     * @param knownEtag   of the first page then
     * @param resumeAt    where this sync was cut off; null at the beginning
     * @param mark        the field of the items that the list is sorted by, if any
     * @param newestFirst whether the first page changes with anything in the list
     */
    record Start(
            JsonNode cursor, @Nullable String knownEtag, @Nullable String resumeAt, String mark, boolean newestFirst) {}

    private StreamRun(Start start, @Nullable ArrayNode ids) {
        this.start = start;
        this.ids = ids;
    }

    /** A run from the first page. */
    static StreamRun begin(
            JsonNode cursor, @Nullable String knownEtag, String mark, boolean newestFirst, @Nullable ArrayNode ids) {
        return new StreamRun(new Start(cursor, knownEtag, null, mark, newestFirst), ids);
    }

    /** A run from what a sync has noted of it. */
    static StreamRun resume(JsonNode cursor, JsonNode checkpoint, String mark, boolean newestFirst) {
        StreamRun run =
                new StreamRun(new Start(cursor, null, checkpoint.path("next").asText(null), mark, newestFirst), null);
        run.etag = checkpoint.path("etag").asText(null);
        run.newest = checkpoint.path(NEWEST).asText(null);
        run.pages = checkpoint.path("pages").asInt();
        return run;
    }

    public JsonNode getCursor() {
        return start.cursor();
    }

    /** The largest mark of the last complete run; null where there is none. */
    public @Nullable String getSince() {
        return start.cursor().path(NEWEST).asText(null);
    }

    /** {@link #getSince} as another parameter of an address, such as {@code &since=2026-01-01T00%3A00%3A00Z}; else empty. */
    public String parameter(String name) {
        String since = getSince();
        return since == null ? "" : "&" + name + "=" + URLEncoder.encode(since, StandardCharsets.UTF_8);
    }

    /** Whether the last page has come to what the last complete run has seen, in a list that begins with the newest. */
    public boolean isKnown() {
        String since = getSince();
        return since != null && oldestOfPage != null && oldestOfPage.compareTo(since) < 0;
    }

    /** What to send along with the question for the first page; null for any other. */
    @Nullable
    String conditional(String url) {
        return pages == 0 ? start.knownEtag() : null;
    }

    /** What is known of the pages, as JSON; null where nothing is. */
    public @Nullable String getReachedPages() {
        return null;
    }

    /** When the first page was asked for. */
    public @Nullable String getAskedAt() {
        return askedAt;
    }

    /** The keys of all items, as a JSON array; null where they are not collected, or not all were seen. */
    public @Nullable String getIds() {
        return ids == null || unchanged ? null : ids.toString();
    }

    /** What is known after a complete run, as JSON. */
    public String getReached() {
        String since = getSince();
        if (newest == null || (since != null && since.compareTo(newest) > 0)) {
            return start.cursor().toString();
        }
        return ((ObjectNode) start.cursor().deepCopy()).put(NEWEST, newest).toString();
    }

    /** The ETag to ask with the next time: the first page's, where it speaks for the whole list. */
    public @Nullable String getReachedEtag() {
        return unchanged ? start.knownEtag() : start.newestFirst() || pages == 1 ? etag : null;
    }

    /** Whether nothing of it was walked before. */
    public boolean getIsNew() {
        return pages == 0;
    }

    /** Where it was cut off; null at the beginning. */
    @Nullable
    String resumeAt() {
        return start.resumeAt();
    }

    /** Whether it was cut off behind the last page. */
    boolean isAtItsEnd() {
        return pages > 0 && start.resumeAt() == null;
    }

    /** Notes a question that goes out. */
    int ask(String at) {
        askedAt = askedAt == null ? at : askedAt;
        return ++asked;
    }

    /** The questions since the last time somebody wanted to know. */
    int takeAsked() {
        int taken = asked;
        asked = 0;
        return taken;
    }

    void sawNothingNew() {
        unchanged = true;
    }

    /** What follows is known already; which of it is gone, is not. */
    void sawEnough() {
        ids = null;
    }

    /** Takes notice of a page that is to be stored. */
    void saw(StreamPage page, JsonNode items, String key) {
        if (pages == 0) {
            etag = page.etag();
        }
        pages++;
        oldestOfPage = null;
        for (JsonNode item : items) {
            String mark = item.path(start.mark()).asText(null);
            if (mark != null) {
                oldestOfPage = oldestOfPage == null || mark.compareTo(oldestOfPage) < 0 ? mark : oldestOfPage;
                newest = newest == null || mark.compareTo(newest) > 0 ? mark : newest;
            }
            if (ids != null) {
                ids.add(item.path(key).asText());
            }
        }
    }

    /** What has to be known to go on at an address. Where all keys are wanted a walk begins anew. */
    @Nullable
    ObjectNode checkpoint(ObjectMapper json, @Nullable String next) {
        return ids != null
                ? null
                : json.createObjectNode()
                        .put("next", next)
                        .put("etag", etag)
                        .put(NEWEST, newest)
                        .put("pages", pages);
    }
}
