package io.atmosfera.integration.policy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** The policies of transactions, by the names that routes use. */
@Configuration(proxyBeanMethods = false)
class Policies {

    @Bean
    InTransaction inTransaction(PlatformTransactionManager transactions) {
        return new InTransaction(transactions, TransactionDefinition.PROPAGATION_REQUIRED);
    }

    /** Part of a transaction that goes on where the part fails. */
    @Bean
    InTransaction inSavepoint(PlatformTransactionManager transactions) {
        return new InTransaction(transactions, TransactionDefinition.PROPAGATION_NESTED);
    }
}
