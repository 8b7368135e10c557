package io.atmosfera.integration.security;

import io.atmosfera.integration.http.BodyBudget;
import io.atmosfera.integration.http.Contract;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemWriter;
import io.atmosfera.integration.http.ReceivedBody;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jetty.http.BadMessageException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes bodies in: not too large, within the {@link BodyBudget}, of a type that the address takes, in UTF-8, and not
 * packed. Webhooks have a door and limits of their own.
 */
class BodyFilter extends OncePerRequestFilter {

    private static final long MOST_READ_IN_VAIN = 8L * 1024 * 1024;
    private static final int BUFFER = 16 * 1024;
    private static final Set<Charset> CHARSETS = Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

    private final int limit;
    private final BodyBudget budget;
    private final Contract contract;
    private final ProblemWriter problems;

    BodyFilter(DataSize limit, BodyBudget budget, Contract contract, ProblemWriter problems) {
        this.limit = Math.toIntExact(limit.toBytes());
        this.budget = budget;
        this.contract = contract;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() == 0
                || (request.getContentLengthLong() < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null)) {
            chain.doFilter(request, response);
            return;
        }
        Problem refusal = refusal(request);
        if (refusal != null) {
            refuse(request, response, refusal);
            return;
        }
        ReceivedBody body = new ReceivedBody(budget.share(request.getRemoteAddr()), request.getContentLengthLong());
        try {
            refusal = readWhole(request, body);
            if (refusal != null) {
                body.close();
                refuse(request, response, refusal);
            } else {
                chain.doFilter(new ReadRequest(request, body), response);
            }
        } finally {
            closeAtItsEnd(request, body);
        }
    }

    private @Nullable Problem refusal(HttpServletRequest request) {
        if (request.getContentLengthLong() > limit) {
            return tooLarge();
        }
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            // What is unpacked can be a thousand times as large.
            return unsupported("Send the body without Content-Encoding.");
        }
        Set<String> types = contract.mediaTypes(request.getMethod(), request.getRequestURI());
        String given = request.getContentType();
        if (given == null || given.isBlank()) {
            return null;
        }
        try {
            MediaType type = MediaType.parseMediaType(given);
            if (type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) {
                // A form's fields would become parameters, and those become headers of the message.
                return unsupported("Send JSON, not a form.");
            }
            if (types.isEmpty()) {
                return null;
            }
            return types.contains(type.getType() + "/" + type.getSubtype()) && isUtf8(type)
                    ? null
                    : unsupported("The body must be sent as " + String.join(" or ", types) + ", in UTF-8.");
        } catch (InvalidMediaTypeException e) {
            return unsupported("Content-Type is not a media type; send application/json.");
        }
    }

    private static boolean isUtf8(MediaType type) {
        String charset = type.getParameter("charset");
        if (charset == null) {
            return true;
        }
        try {
            return CHARSETS.contains(Charset.forName(charset.replace("\"", "")));
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static Problem unsupported(String detail) {
        return Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
    }

    private Problem tooLarge() {
        return Problem.of(HttpStatus.PAYLOAD_TOO_LARGE, "The body is larger than the " + limit + " bytes allowed.");
    }

    private @Nullable Problem readWhole(HttpServletRequest request, ReceivedBody body) {
        try {
            return read(request, body);
        } catch (IOException | BadMessageException broken) {
            return Problem.of(HttpStatus.BAD_REQUEST, "The body ended before its end, or is not sent as it says.");
        }
    }

    private @Nullable Problem read(HttpServletRequest request, ReceivedBody body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        InputStream stream = request.getInputStream();
        for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
            if (body.length() + length > limit) {
                return tooLarge();
            }
            if (!body.add(ByteBuffer.wrap(buffer, 0, length))) {
                return ReceivedBody.tooMuch();
            }
        }
        boolean operation = contract.operationId(request.getMethod(), request.getRequestURI())
                .isPresent();
        return operation && !body.isUtf8() ? Problem.of(HttpStatus.BAD_REQUEST, "The body is not valid UTF-8.") : null;
    }

    /** The routes work on after the filters have returned. */
    private static void closeAtItsEnd(HttpServletRequest request, ReceivedBody body) {
        if (!request.isAsyncStarted()) {
            body.close();
            return;
        }
        try {
            request.getAsyncContext().addListener(closing(body));
        } catch (IllegalStateException answered) {
            // The routes were faster than the filters' return; an exception here would end the connection.
            body.close();
        }
    }

    private static AsyncListener closing(ReceivedBody body) {
        return new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                body.close();
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                body.close();
            }

            @Override
            public void onError(AsyncEvent event) {
                body.close();
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                event.getAsyncContext().addListener(this);
            }
        };
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (!isReadToItsEnd(request)) {
            // The rest of the body is not read, so that nothing else can come over this connection.
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        problems.write(response, problem);
    }

    private static boolean isReadToItsEnd(HttpServletRequest request) {
        try {
            return readToItsEnd(request);
        } catch (IOException | BadMessageException broken) {
            return false;
        }
    }

    /** A client that is still sending when the connection ends sees a broken one and never learns why. */
    private static boolean readToItsEnd(HttpServletRequest request) throws IOException {
        byte[] buffer = new byte[BUFFER];
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
}
