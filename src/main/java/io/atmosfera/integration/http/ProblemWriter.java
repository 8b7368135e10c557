package io.atmosfera.integration.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Answers with a {@link Problem} where no route does: in filters and for errors of the web server. */
@Component
public class ProblemWriter {

    private final Problems problems;

    ProblemWriter(Problems problems) {
        this.problems = problems;
    }

    /** Writes the problem as the whole answer; does nothing where the answer is already on its way. */
    public void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.retryAfterSeconds() != null) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds().toString());
        }
        byte[] body = problems.json(problem).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Writes the problem that a failure is to the client. */
    public void write(HttpServletResponse response, Throwable failure) throws IOException {
        write(response, problems.of(failure));
    }
}
