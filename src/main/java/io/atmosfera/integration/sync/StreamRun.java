package io.atmosfera.integration.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.outbound.UnusableListException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One stream in one sync: from where it is walked, and how far it has come. A mark is what its list is sorted by, a text
 * that sorts as what it means, such as a moment in ISO-8601. Getters in the bean style, for routes and SQL.
 */
public final class StreamRun {

    private static final String NEWEST = "newest";
    private static final String IDS = "ids";
    private static final String ASKED_AT = "askedAt";
    private static final String STAMP = "stamp";
    private static final String STAMPED_AT = "stampedAt";
    private static final Pattern SIZE = Pattern.compile("[?&]per_page=(\\d{1,4})(?:&|$)");

    /** How often a page may be met again; one of single objects may be a part of several lists. */
    private static final int MOST_TIMES = 1;

    private static final int MOST_TIMES_OF_A_PART = 3;

    /** However little has changed, everything is looked at so often. */
    private static final Duration WHOLE_LOOK = Duration.ofDays(1);

    private final Start start;
    private @Nullable String etag;
    private @Nullable String newest;
    private @Nullable String oldestOfPage;
    private @Nullable String askedAt;
    private @Nullable ArrayNode ids;
    private final PageCircle circle = new PageCircle();
    private final Map<String, JsonNode> knownPages = new HashMap<>();
    private final Map<String, @Nullable String> notes = new HashMap<>();
    private @Nullable ArrayNode seenPages;
    private @Nullable String current;
    private @Nullable String lookBackTo;
    private @Nullable StreamPage page;
    private @Nullable String fetchedAt;
    private boolean done;
    private int pages;
    private boolean ofParts;
    private boolean changed;
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
        // A list by a mark is asked for by that, not page by page.
        this.seenPages = ids == null || !SyncStreams.NONE.equals(start.mark()) ? null : ids.arrayNode();
    }

    /** A run that knows the pages of the last complete one: of each its address, ETag, next address and keys. */
    StreamRun knowing(JsonNode lastPages) {
        lastPages.forEach(page -> knownPages.put(page.path("url").asText(), page));
        return this;
    }

    /** The same run, of which no page speaks for the others. */
    StreamRun ofParts() {
        ofParts = true;
        return this;
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
        if (checkpoint.path(IDS) instanceof ArrayNode known) {
            run.ids = known.deepCopy();
            run.changed = true;
            run.askedAt = checkpoint.path(ASKED_AT).asText(null);
        }
        return run;
    }

    /** Takes notice of a page that came. */
    void arrived(StreamPage came, String at) {
        page = came;
        fetchedAt = at;
    }

    /** The page that came last; null before the first. */
    public @Nullable StreamPage getPage() {
        return page;
    }

    /** Its address. */
    public @Nullable String getUrl() {
        return current;
    }

    /** Takes the page that came last for one with another address behind it. */
    public void goOn(StreamPage same) {
        page = same;
    }

    /** When it was requested, as mappings take it. */
    public @Nullable String getFetchedAt() {
        return fetchedAt;
    }

    /** Notes whether all that follows the last page is known, or left for another time. */
    public void done(boolean known) {
        done = known;
    }

    boolean isDone() {
        return done;
    }

    public JsonNode getCursor() {
        return start.cursor();
    }

    /** The largest mark of the last complete run; null if there is none. */
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
        String floor = getFloor();
        return floor != null && oldestOfPage != null && oldestOfPage.compareTo(floor) < 0;
    }

    /** The mark behind which nothing has to be read in a list that begins with the newest; null where all has. */
    public @Nullable String getFloor() {
        String since = getSince();
        return since == null || lookBackTo == null || since.compareTo(lookBackTo) < 0 ? since : lookBackTo;
    }

    /** The smallest mark of the last page; null where it has none. */
    public @Nullable String getOldestOfPage() {
        return oldestOfPage;
    }

    /** Reads again what is known, back to a mark. */
    public void lookBackTo(String mark) {
        lookBackTo = mark;
    }

    /** Keeps something with the cursor for the next run; null removes it. */
    public void note(String name, @Nullable String value) {
        notes.put(name, value);
    }

    /**
     * Whether nothing can be new: the source bears the stamp that it had when all was walked, less than a day ago.
     *
     * @param stamp names the state of what the stream is a part of; empty where it is not known
     */
    boolean isUnmoved(String stamp, Instant now) {
        boolean same = pages == 0
                && !stamp.isEmpty()
                && stamp.equals(start.cursor().path(STAMP).asText())
                && start.cursor().has(STAMPED_AT)
                && Instant.parse(start.cursor().path(STAMPED_AT).asText())
                        .plus(WHOLE_LOOK)
                        .isAfter(now);
        if (!same) {
            note(STAMP, stamp.isEmpty() ? null : stamp);
            note(STAMPED_AT, now.toString());
        }
        return same;
    }

    /**
     * Takes notice of a page that is about to be asked for.
     *
     * @throws UnusableListException where the pages lead in a circle
     */
    void visit(String url) {
        circle.ask(url, ofParts ? MOST_TIMES_OF_A_PART : MOST_TIMES);
    }

    /** What to send along with the question for a page; null where all of it is wanted. */
    @Nullable
    String conditional(String url) {
        current = url;
        if (lookBackTo != null || ofParts) {
            return null;
        }
        if (ids != null && !knownPages.isEmpty()) {
            JsonNode known = knownPages.get(url);
            return known == null || mayGoOn(known) ? null : known.path("etag").asText(null);
        }
        return pages == 0 && !unchanged ? start.knownEtag() : null;
    }

    /** Whether a last page is full: the Link to a page behind it would come with no 304. */
    private static boolean mayGoOn(JsonNode page) {
        Matcher size = SIZE.matcher(page.path("url").asText());
        return !page.hasNonNull("next")
                && page.path("keys").size() >= (size.find() ? Integer.parseInt(size.group(1)) : 1);
    }

    /** What is known of the pages, as JSON; null where nothing is. */
    public @Nullable String getReachedPages() {
        if (unchanged && !knownPages.isEmpty()) {
            ArrayNode all = ((ObjectNode) start.cursor()).arrayNode();
            knownPages.values().forEach(all::add);
            return all.toString();
        }
        return ids == null || seenPages == null || seenPages.isEmpty() ? null : seenPages.toString();
    }

    /** When the first page was asked for. */
    public @Nullable String getAskedAt() {
        return askedAt;
    }

    /** The keys of all items, as a JSON array; null where they are not collected, or not all were seen. */
    public @Nullable String getIds() {
        return ids == null || unchanged || !changed ? null : ids.toString();
    }

    /** What is known after a complete run, as JSON. */
    public String getReached() {
        String since = getSince();
        ObjectNode reached = start.cursor().deepCopy();
        if (newest != null && (since == null || since.compareTo(newest) <= 0)) {
            reached.put(NEWEST, newest);
        }
        notes.forEach((name, value) -> {
            if (value == null) {
                reached.remove(name);
            } else {
                reached.put(name, value);
            }
        });
        return reached.toString();
    }

    /** The ETag to ask with the next time: the first page's, where it speaks for the whole list. */
    public @Nullable String getReachedEtag() {
        return ofParts ? null : unchanged ? start.knownEtag() : start.newestFirst() || pages == 1 ? etag : null;
    }

    /** Whether nothing of it was walked before. */
    public boolean getIsNew() {
        return pages == 0;
    }

    /** Where it was cut off; null at the beginning. */
    public @Nullable String resumeAt() {
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

    /** Takes notice of a page that is as it was; gives the one behind it, and nothing where the page is not known. */
    Optional<JsonNode> sawKnown() {
        JsonNode known = ids == null || current == null ? null : knownPages.get(current);
        if (known != null && ids != null && seenPages != null) {
            pages++;
            known.path("keys").forEach(ids::add);
            seenPages.add(known);
        }
        return Optional.ofNullable(known);
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
        changed = true;
        ArrayNode keys = items.isEmpty() || ids == null ? null : ids.arrayNode();
        oldestOfPage = null;
        for (JsonNode item : items) {
            String mark = item.path(start.mark()).asText(null);
            if (mark != null) {
                oldestOfPage = oldestOfPage == null || mark.compareTo(oldestOfPage) < 0 ? mark : oldestOfPage;
                newest = newest == null || mark.compareTo(newest) > 0 ? mark : newest;
            }
            if (ids != null && keys != null) {
                ids.add(item.path(key).asText());
                keys.add(item.path(key).asText());
            }
        }
        if (seenPages != null) {
            ObjectNode seen = seenPages.addObject().put("url", current).put("etag", page.etag());
            seen.put("next", page.next()).set("keys", keys == null ? seen.arrayNode() : keys);
        }
    }

    /** What has to be known to go on at an address. A stream that remembers pages restarts its walk. */
    @Nullable
    ObjectNode checkpoint(ObjectMapper json, @Nullable String next) {
        if (seenPages != null && ids != null) {
            return null;
        }
        ObjectNode checkpoint = json.createObjectNode()
                .put("next", next)
                .put("etag", etag)
                .put(NEWEST, newest)
                .put("pages", pages);
        if (ids != null) {
            checkpoint.put(ASKED_AT, askedAt).set(IDS, ids);
        }
        return checkpoint;
    }
}
