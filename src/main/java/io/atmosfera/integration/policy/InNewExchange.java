package io.atmosfera.integration.policy;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Steps that call another system. Headers do not reach it: an HTTP endpoint would take some of them for options. */
@Component("inNewExchange")
class InNewExchange extends NewExchange {

    @Override
    void run(Processor steps, Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        process(steps, exchange);
    }
}
