package io.atmosfera.integration.jira;

import java.util.List;
import java.util.stream.Stream;

/** The columns of a ticket. */
final class TicketColumns {

    /** Those that come as texts to the storing statement and that a project may map itself. */
    private static final List<String> MAPPED_TEXTS = List.of(
            "issueType",
            "summary",
            "description",
            "priority",
            "status",
            "assignee",
            "assigneeId",
            "reporter",
            "reporterId",
            "labels",
            "components",
            "hierarchyLevel",
            "statusCategory",
            "resolution",
            "resolutionDate",
            "dueDate",
            "parentKey",
            "sprints",
            "fixVersions",
            "affectedVersions",
            "storyPoints",
            "securityLevel");

    /** Those that a project may map itself. */
    static final List<String> MAPPED = Stream.concat(MAPPED_TEXTS.stream(), Stream.of("createdDate", "updatedDate"))
            .toList();

    /** Those that come as texts to the storing statement, in the order of {@link TicketBatch#texts}. */
    static final List<String> TEXTS = Stream.concat(
                    MAPPED_TEXTS.stream(), Stream.of("customFields", "projectKey", LeftOut.MEMBER))
            .toList();

    private TicketColumns() {}
}
