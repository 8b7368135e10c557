package io.atmosfera.integration.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers for Jetty itself, where a request does not even get as far as the application: one that cannot be parsed. */
class JettyProblems extends ErrorHandler {

    private static final HttpField TYPE = new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);

    private final Problems problems;

    JettyProblems(Problems problems) {
        this.problems = problems;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(TYPE);
        // Jetty hangs up on what it cannot parse; a client that is not told would send its next request into nothing.
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        response.write(true, body(code), callback);
    }

    @Override
    @SuppressWarnings("removal") // What Jetty itself still calls for a message that it cannot parse.
    public ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields.Mutable fields) {
        fields.put(TYPE);
        return body(status);
    }

    private ByteBuffer body(int code) {
        return ByteBuffer.wrap(problems.json(HttpErrors.of(code)).getBytes(StandardCharsets.UTF_8));
    }
}
