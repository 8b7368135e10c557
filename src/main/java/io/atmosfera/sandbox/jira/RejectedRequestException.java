package io.atmosfera.sandbox.jira;

import io.atmosfera.sandbox.http.Reply;

/** Ends the handling of a request with an error answer. */
final class RejectedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    private RejectedRequestException(Reply reply) {
        super(reply.body(), null, false, false);
        this.reply = reply;
    }

    static RejectedRequestException with(Reply reply) {
        return new RejectedRequestException(reply);
    }

    static RejectedRequestException badRequest(String message) {
        return new RejectedRequestException(JiraErrors.of(400, message));
    }

    static RejectedRequestException invalidPayload() {
        return badRequest("Invalid request payload. Refer to the REST API documentation and try again.");
    }

    static RejectedRequestException jql(String message) {
        return new RejectedRequestException(JiraErrors.jql(message));
    }

    static RejectedRequestException issueNotFound() {
        return new RejectedRequestException(
                JiraErrors.of(404, "Issue does not exist or you do not have permission to see it."));
    }

    Reply reply() {
        return reply;
    }
}
