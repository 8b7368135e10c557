package io.atmosfera.integration.http;

import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A route behind the {@link SignedDoor}: gets the bytes of a body and the headers that senders of webhooks set. */
class SignedDoorConsumer extends DefaultConsumer implements Suspendable {

    private static final String VISITOR = "visitor";

    private final SignedDoor door;

    private final String path;

    private final Set<String> headers;

    SignedDoorConsumer(Endpoint endpoint, Processor processor, SignedDoor door, String path) {
        super(endpoint, processor);
        this.door = door;
        this.path = path;
        this.headers = door.headers(path);
    }

    String path() {
        return path;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        door.open(this);
    }

    @Override
    protected void doStop() throws Exception {
        door.close(this);
        super.doStop();
    }

    void accept(SignedRequest signed, Response response, Callback callback) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        Message message = exchange.getIn();
        message.setBody(signed.body());
        exchange.setVariable(VISITOR, signed.visitor());
        for (HttpField field : signed.request().getHeaders()) {
            if (headers.contains(field.getName())) {
                message.setHeader(field.getName(), field.getValue());
            }
        }
        if (!signed.variable().isEmpty()) {
            message.setHeader(signed.variable(), Long.valueOf(signed.value()));
        }
        message.setHeader(CallerHeaders.ADDRESS, signed.address());
        try {
            createUoW(exchange);
        } catch (Exception e) {
            signed.body().close();
            door.refuse(signed.request(), response, callback, door.problem(e));
            return;
        }
        getAsyncProcessor().process(exchange, doneSync -> {
            try {
                signed.body().close();
                answer(exchange, signed.request(), response, callback);
            } finally {
                doneUoW(exchange);
                releaseExchange(exchange, false);
            }
        });
    }

    private void answer(Exchange exchange, Request request, Response response, Callback callback) {
        if (exchange.getException() != null) {
            door.refuse(request, response, callback, door.problem(exchange.getException()));
            return;
        }
        Message answer = exchange.getMessage();
        String retryAfter = answer.getHeader("Retry-After", String.class);
        if (retryAfter != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, retryAfter);
        }
        SignedDoor.answer(
                response,
                callback,
                answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class),
                answer.getHeader(Exchange.CONTENT_TYPE, "application/json", String.class),
                answer.getBody(String.class));
    }
}
