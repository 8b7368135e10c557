package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.outbound.TransientException;
import io.atmosfera.integration.outbound.UnusableListException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the whole list of a ticket's comments or worklogs, of which an issue brings only some. */
@Component("wholeDiscussions")
public class WholeDiscussions {

    private static final int PAGE = 100;

    /** Of one ticket no more is read: on some tickets robots comment every few minutes, for years. */
    private static final int MOST_ENTRIES = 5000;

    private final Clock clock;

    WholeDiscussions(Clock clock) {
        this.clock = clock;
    }

    /** A list on its way. */
    public static final class Reading {

        private final JiraConnection connection;
        private final Map<String, Object> work;
        private final DiscussionList list;
        private final Set<Long> seen = new HashSet<>();
        private @Nullable Long at;
        private @Nullable Long total;
        private long position;
        private boolean ended;

        private Reading(JiraConnection connection, Map<String, Object> work) {
            this.connection = connection;
            this.work = work;
            this.list = DiscussionList.valueOf(String.valueOf(work.get("list")).toUpperCase(Locale.ROOT));
        }

        /** Where its next page is; null where all have come, or where more would cost too much. */
        public @Nullable String getUrl() {
            return ended || position >= MOST_ENTRIES
                    ? null
                    : connection.api("/issue/" + work.get("jira_id") + "/" + list.entry + "?maxResults=" + PAGE
                            + "&startAt=" + position);
        }
    }

    /** Begins with the first page. */
    public Reading begin(JiraConnection connection, Map<String, Object> work) {
        return new Reading(connection, work);
    }

    /**
     * What a page brings, as {@code store_discussion} takes it.
     *
     * @param date the answer's Date header: what Jira's clock says
     * @throws TransientException where the list changes while it is read
     * @throws UnusableListException  where Jira gives the same page again
     */
    public String page(Reading reading, JsonNode page, @Nullable String date) {
        JsonNode entries = page.path(reading.list.member);
        if (!entries.isArray()) {
            throw new TransientException("Jira's answer has no list of " + reading.list.member + ".");
        }
        if (reading.at == null) {
            // How things are when the first page is asked for; by Jira's clock where it tells.
            Long theirs = IssuePages.millis(date);
            reading.at = theirs == null ? clock.millis() : theirs;
        }
        count(reading, page.path("total"));
        boolean isNew = false;
        for (JsonNode entry : entries) {
            Long id = DiscussionList.id(entry);
            isNew |= id == null || reading.seen.add(id);
        }
        if (!isNew && !entries.isEmpty()) {
            throw new UnusableListException(
                    "Jira gives the same page of " + reading.list.member + " again, so the list would never end.");
        }
        reading.position += entries.size();
        reading.ended = entries.isEmpty()
                || (reading.total == null ? entries.size() < PAGE : reading.position >= reading.total);
        return stored(reading, reading.list.part(entries, false));
    }

    private static void count(Reading reading, JsonNode total) {
        if (!total.isIntegralNumber()) {
            return;
        }
        if (reading.total != null && reading.total != total.asLong()) {
            throw new TransientException("The " + reading.list.member + " changed while they were read.");
        }
        reading.total = total.asLong();
    }

    /**
     * The end of a list that is whole, as {@code store_discussion} takes it: what it does not name, Jira has no more.
     *
     * @throws TransientException where fewer entries came than Jira counts
     * @throws UnusableListException  where the list is longer than what is read of one ticket
     */
    public String end(Reading reading) {
        if (!reading.ended) {
            throw new UnusableListException("Of the " + reading.list.member + " of a ticket the first " + MOST_ENTRIES
                    + " are read; this one has more.");
        }
        if (reading.total != null && reading.position < reading.total) {
            throw new TransientException("Jira gives fewer " + reading.list.member + " than it counts.");
        }
        ObjectNode part = reading.list.part(JsonNodeFactory.instance.arrayNode(), true);
        ArrayNode ids = part.putArray("ids");
        reading.seen.stream().sorted().forEach(ids::add);
        part.put("claimed", String.valueOf(reading.work.get("claimed")));
        return stored(reading, part);
    }

    private static String stored(Reading reading, ObjectNode part) {
        ObjectNode stored = JsonNodeFactory.instance.objectNode().put("at", Objects.requireNonNull(reading.at));
        return stored.<ObjectNode>set(reading.list.member, part).toString();
    }
}
