package io.atmosfera.integration.database;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls a route whose statements take effect together or not at all. Camel's own {@code transacted} brings an error handler
 * that gives a failure up for the whole exchange, so that no doCatch of the caller would get to see it.
 */
@Component("transactedCalls")
public class TransactedCalls {

    private final ProducerTemplate camel;
    private final TransactionTemplate transactions;
    private final TransactionTemplate parts;

    TransactedCalls(ProducerTemplate camel, PlatformTransactionManager transactions) {
        this.camel = camel;
        this.transactions = new TransactionTemplate(transactions);
        this.parts = new TransactionTemplate(transactions);
        parts.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * The body that a route gives, which knows the variables of its caller; what it sets stays with it.
     *
     * @throws Exception as the route ended, and then nothing was written
     */
    public @Nullable Object together(String route, Exchange caller) throws Exception {
        return call(transactions, route, caller);
    }

    /**
     * As {@link #together}, of an endpoint as a part of a transaction that goes on where the part fails.
     *
     * @throws Exception as the endpoint's, and then nothing of the part was written
     */
    public @Nullable Object within(String endpoint, Exchange caller) throws Exception {
        return call(parts, endpoint, caller);
    }

    private @Nullable Object call(TransactionTemplate template, String route, Exchange caller) throws Exception {
        Exchange apart = ExchangeHelper.createCorrelatedCopy(caller, false);
        apart.getMessage().removeHeaders("*");
        return run(template, apart, route);
    }

    /**
     * The same for what a request changes: the route knows the request's headers as well.
     *
     * @throws Exception as the route ended, and then nothing was written
     */
    public @Nullable Object request(String route, Exchange caller) throws Exception {
        return run(transactions, ExchangeHelper.createCorrelatedCopy(caller, false), route);
    }

    private @Nullable Object run(TransactionTemplate template, Exchange apart, String route) throws Exception {
        template.executeWithoutResult(transaction -> {
            camel.send(route, apart);
            if (apart.getException() != null) {
                transaction.setRollbackOnly();
            }
        });
        Exception failure = apart.getException();
        if (failure != null) {
            throw failure;
        }
        return apart.getMessage().getBody();
    }
}
