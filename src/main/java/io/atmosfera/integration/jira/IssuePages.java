package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes pages of issues of what Jira answered. */
@Component("issuePages")
public class IssuePages {

    private final ObjectMapper json;

    IssuePages(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The page in a search answer.
     *
     * @param date the answer's Date header: Jira's clock
     * @throws JiraTransientException where the answer is cut or garbled
     */
    public IssuePage parse(byte[] body, @Nullable String date) {
        return IssuePage.parse(body, millis(date), json);
    }

    /** A page of the one issue in an answer. */
    public IssuePage single(@Body byte[] issue) {
        return IssuePage.of(List.of(issue), json);
    }

    private static @Nullable Long millis(@Nullable String date) {
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
