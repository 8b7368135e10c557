package io.atmosfera.integration.outbound;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls a route whose error handler tries again, with an exchange of its own: what an error handler has given up stays
 * given up for the exchange, so that neither a doCatch nor the error handler of the caller would get to see it.
 */
@Component("separateCalls")
public class SeparateCalls {

    private final ProducerTemplate camel;

    SeparateCalls(ProducerTemplate camel) {
        this.camel = camel;
    }

    /**
     * The body that a route gives.
     *
     * @throws Exception as the route ended
     */
    public @Nullable Object apart(String route, Exchange caller) throws Exception {
        Exchange apart = ExchangeHelper.createCorrelatedCopy(caller, false);
        apart.getMessage().removeHeaders("*");
        camel.send(route, apart);
        Exception failure = apart.getException();
        if (failure != null) {
            throw failure;
        }
        return apart.getMessage().getBody();
    }
}
