package io.atmosfera.integration.policy;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Steps whose statements take effect together or not at all. Camel's own {@code transacted} brings an error handler that gives
 * a failure up for the whole exchange, so that no doCatch of the caller would get to see it.
 */
class InTransaction extends NewExchange {

    private final TransactionTemplate transactions;

    /**
     * A policy for transactions of one kind.
     *
     * @param propagation a constant of {@link org.springframework.transaction.TransactionDefinition}
     */
    InTransaction(PlatformTransactionManager transactions, int propagation) {
        this.transactions = new TransactionTemplate(transactions);
        this.transactions.setPropagationBehavior(propagation);
    }

    @Override
    void run(Processor steps, Exchange exchange) {
        transactions.executeWithoutResult(transaction -> {
            process(steps, exchange);
            if (exchange.getException() != null) {
                transaction.setRollbackOnly();
            }
        });
    }
}
