package io.atmosfera.integration.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a walk through a stream may conclude from what it has seen. */
class StreamRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SyncStreams streams = new SyncStreams(JSON, Clock.systemUTC());

    private record Page(JsonNode body, @Nullable String next, @Nullable String etag, boolean notModified)
            implements StreamPage {}

    private StreamRun begin(@Nullable String cursor, @Nullable String checkpoint) {
        Map<String, Object> row = new HashMap<>();
        row.put("cancelled", false);
        if (cursor != null) {
            row.put("cursor", cursor);
        }
        if (checkpoint != null) {
            row.put("checkpoint", checkpoint);
        }
        return streams.begin(row, "at", "id", false);
    }

    private static Page page(String items, @Nullable String next) throws Exception {
        return new Page(JSON.readTree(items), next, "e", false);
    }

    private void see(StreamRun run, Page page) {
        streams.items(run, page, page.body(), "id");
    }

    @Test
    void allKeysOfACompleteWalkAreKnown() throws Exception {
        StreamRun run = begin(null, null);
        see(run, page("[{\"id\": \"a\"}]", "two"));
        see(run, page("[{\"id\": 7}]", null));

        assertThat(run.getIds()).isEqualTo("[\"a\",\"7\"]");
        assertThat(run.getReachedEtag()).as("of the first of two pages").isNull();
    }

    @Test
    void aWalkThatStopsAtWhatIsKnownDoesNotTellWhatIsGone() throws Exception {
        StreamRun run = begin("{\"newest\": \"2\"}", null);
        Page page = page("[{\"id\": \"b\", \"at\": \"3\"}, {\"id\": \"a\", \"at\": \"1\"}]", "two");
        see(run, page);

        assertThat(run.isKnown()).isTrue();
        assertThat(streams.next(run, page, true)).isNull();
        assertThat(run.getIds()).isNull();
        assertThat(run.getReached()).isEqualTo("{\"newest\":\"3\"}");
    }

    @Test
    void wherePagesAreRememberedNoCheckpointIsKept() throws Exception {
        StreamRun run = streams.begin(Map.of("cancelled", false), "none", "id", false);
        Page page = page("[]", "two");
        see(run, page);

        assertThat(streams.checkpoint(run, page, false)).isNull();
    }

    @Test
    void aListByAMarkIsGoneOnWithAndKnowsItsKeysAllTheSame() throws Exception {
        StreamRun cut = begin(null, null);
        streams.ask(cut, "2026-01-02T00:00:00Z");
        Page page = page("[{\"id\": 7, \"at\": \"1\"}]", "two");
        see(cut, page);

        StreamRun run = begin(null, streams.checkpoint(cut, page, false));
        streams.ask(run, "2026-01-03T00:00:00Z");
        assertThat(streams.position(run, "first")).isEqualTo("two");
        see(run, page("[{\"id\": 8, \"at\": \"2\"}]", null));

        assertThat(run.getIds()).isEqualTo("[\"7\",\"8\"]");
        assertThat(run.getAskedAt()).isEqualTo("2026-01-02T00:00:00Z");
    }

    @Test
    void aWalkThatWasCutOffBehindItsLastPageHasNothingLeftToAsk() {
        assertThat(streams.position(begin(null, "{\"next\": null, \"pages\": 3}"), "first"))
                .isNull();
        assertThat(streams.position(begin(null, "{\"next\": \"four\", \"pages\": 3}"), "first"))
                .isEqualTo("four");
        assertThat(streams.position(begin(null, null), "first")).isEqualTo("first");
    }

    @Test
    void whatIsOlderThanTheCursorDoesNotMoveItBack() throws Exception {
        StreamRun run = begin("{\"newest\": \"5\", \"other\": 1}", null);
        see(run, page("[{\"id\": \"a\", \"at\": \"4\"}]", null));

        assertThat(run.getReached()).isEqualTo("{\"newest\":\"5\",\"other\":1}");
        assertThat(run.parameter("since")).isEqualTo("&since=5");
    }
}
