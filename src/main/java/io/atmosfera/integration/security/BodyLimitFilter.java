package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too large, and forms, which the API does not take. Webhooks have limits of their own. */
class BodyLimitFilter extends OncePerRequestFilter {

    private static final long MOST_READ_IN_VAIN = 8L * 1024 * 1024;

    private final int limit;
    private final ProblemWriter problems;

    BodyLimitFilter(DataSize limit, ProblemWriter problems) {
        this.limit = Math.toIntExact(limit.toBytes());
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isForm(request)) {
            // A form's fields would become parameters, and those become headers of the message.
            problems.write(response, Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON, not a form."));
        } else if (request.getContentLengthLong() > limit) {
            refuse(request, response);
        } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            byte[] body = request.getInputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                refuse(request, response);
            } else {
                chain.doFilter(new ReadRequest(request, body), response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!readToItsEnd(request)) {
            // The rest of the body is not read, so that nothing else can come over this connection.
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        problems.write(
                response,
                Problem.of(HttpStatus.PAYLOAD_TOO_LARGE, "The body is larger than the " + limit + " bytes allowed."));
    }

    /** A client that is still sending when the connection ends sees a broken one and never learns why. */
    private static boolean readToItsEnd(HttpServletRequest request) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        InputStream body = request.getInputStream();
        for (long read = 0; read < MOST_READ_IN_VAIN; ) {
            int length = body.read(buffer);
            if (length < 0) {
                return true;
            }
            read += length;
        }
        return false;
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.regionMatches(
                        true,
                        0,
                        MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                        0,
                        MediaType.APPLICATION_FORM_URLENCODED_VALUE.length());
    }
}
