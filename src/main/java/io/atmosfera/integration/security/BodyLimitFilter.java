package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too large, and forms, which the API does not take. Webhooks have limits of their own; they are
 * read here to the last byte, since their signature covers the bytes and nobody behind may take a form apart.
 */
class BodyLimitFilter extends OncePerRequestFilter {

    private static final long MOST_READ_IN_VAIN = 8L * 1024 * 1024;

    private final BodyLimits limits;
    private final ProblemWriter problems;

    BodyLimitFilter(BodyLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int limit = limits.of(request);
        if (Doors.WEBHOOKS.matches(request)) {
            webhook(request, response, chain, limit);
        } else if (isForm(request)) {
            // A form's fields would become parameters, and those become headers of the message.
            problems.write(response, Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON, not a form."));
        } else if (request.getContentLengthLong() > limit) {
            refuse(request, response, limit);
        } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            byte[] body = request.getInputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                refuse(request, response, limit);
            } else {
                chain.doFilter(new ReadRequest(request, body), response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private void webhook(HttpServletRequest request, HttpServletResponse response, FilterChain chain, int limit)
            throws ServletException, IOException {
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            // Nobody who signs a body packs it; so nothing is ever unpacked that could grow.
            problems.write(
                    response,
                    Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A delivery must be sent without Content-Encoding."));
            return;
        }
        byte[] body = request.getContentLengthLong() > limit ? null : read(request, limit);
        if (body == null) {
            refuse(request, response, limit);
        } else {
            chain.doFilter(new WebhookRequest(request, body), response);
        }
    }

    private static byte @Nullable [] read(HttpServletRequest request, int limit) throws IOException {
        long length = request.getContentLengthLong();
        if (length >= 0) {
            return request.getInputStream().readNBytes(Math.toIntExact(length));
        }
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        return body.length > limit ? null : body;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int limit) throws IOException {
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
