package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.TransientException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes pages of issues of what Jira answered. */
@Component("issuePages")
public class IssuePages {

    private final ObjectMapper json;
    private final Clock clock;

    IssuePages(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Now, in epoch milliseconds. */
    public long now() {
        return clock.millis();
    }

    /**
     * The page in a search answer.
     *
     * @param date    the answer's Date header: Jira's clock
     * @param askedMs when Jira was asked, as {@link #now()} gave it
     * @throws TransientException where the answer is cut or garbled
     */
    public IssuePage parse(byte[] body, @Nullable String date, long askedMs) {
        return IssuePage.parse(body, millis(date), askedMs, json);
    }

    /** A page of the one issue in an answer to a question of that time. */
    public IssuePage single(byte[] issue, long askedMs) {
        return IssuePage.of(List.of(issue), askedMs, json);
    }

    /** The time in a Date header, in epoch milliseconds; null where it tells none. */
    static @Nullable Long millis(@Nullable String date) {
        if (date == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
