package io.atmosfera.integration.database;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls a route whose statements take effect together or not at all. Camel's own {@code transacted} brings an error handler
 * that gives a failure up for the whole exchange, so that no doCatch of the caller would get to see it.
 */
@Component("transactedCalls")
public class TransactedCalls {

    private final ProducerTemplate camel;
    private final TransactionTemplate transactions;

    TransactedCalls(ProducerTemplate camel, PlatformTransactionManager transactions) {
        this.camel = camel;
        this.transactions = new TransactionTemplate(transactions);
    }

    /**
     * The body that a route gives, which knows the variables of its caller; what it sets stays with it.
     *
     * @throws Exception as the route ended, and then nothing was written
     */
    public @Nullable Object together(String route, Exchange caller) throws Exception {
        Exchange apart = ExchangeHelper.createCorrelatedCopy(caller, false);
        apart.getMessage().removeHeaders("*");
        return run(route, apart);
    }

    /**
     * The same for what a request changes: the route knows the request's headers as well.
     *
     * @throws Exception as the route ended, and then nothing was written
     */
    public @Nullable Object request(String route, Exchange caller) throws Exception {
        return run(route, ExchangeHelper.createCorrelatedCopy(caller, false));
    }

    private @Nullable Object run(String route, Exchange apart) throws Exception {
        transactions.executeWithoutResult(transaction -> {
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
