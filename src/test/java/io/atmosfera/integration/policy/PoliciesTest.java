package io.atmosfera.integration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** What comes out of steps that run on an exchange of their own, and whether their transaction stands. */
class PoliciesTest {

    private final List<String> ended = new ArrayList<>();
    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("inNewExchange", new InNewExchange());
        camel.getRegistry()
                .bind(
                        "inTransaction",
                        new InTransaction(new Transactions(), TransactionDefinition.PROPAGATION_REQUIRED));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true).setBody(simple("handled: ${exception.message}"));

                from("direct:good")
                        .policy("inTransaction")
                        .setVariable("inner", constant("x"))
                        .setHeader("inner", constant("x"))
                        .setBody(simple("${body} done"))
                        .end()
                        .setBody(simple("${body}, inner ${variable.inner}/${header.inner}, outer ${header.outer}"));
                from("direct:bad")
                        .policy("inTransaction")
                        .throwException(IllegalStateException.class, "no")
                        .end()
                        .setBody(constant("went on"));
                from("direct:caught")
                        .doTry()
                        .policy("inTransaction")
                        .to("direct:given-up")
                        .endDoTry()
                        .doCatch(IllegalArgumentException.class)
                        .setBody(simple("caught ${exception.message}"))
                        .end();
                from("direct:new")
                        .policy("inNewExchange")
                        .setBody(simple("outer ${header.outer}"))
                        .end();
            }
        });
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
                from("direct:given-up").throwException(IllegalArgumentException.class, "for good");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void theBodyComesBackAndNothingElse() {
        assertThat(send("good")).isEqualTo("in done, inner /, outer o");
        assertThat(ended).containsExactly("commit");
    }

    @Test
    void aFailureRollsBackBeforeTheErrorHandlerOfTheCallerHandlesIt() {
        assertThat(send("bad")).isEqualTo("handled: no");
        assertThat(ended).containsExactly("rollback");
    }

    @Test
    void aFailureThatWasGivenUpWithinCanBeCaught() {
        assertThat(send("caught")).isEqualTo("caught for good");
        assertThat(ended).containsExactly("rollback");
    }

    @Test
    void headersDoNotReachOtherSystems() {
        assertThat(send("new")).isEqualTo("outer ");
    }

    private Object send(String route) {
        Exchange exchange = camel.createProducerTemplate().send("direct:" + route, sent -> {
            sent.getMessage().setBody("in");
            sent.getMessage().setHeader("outer", "o");
        });
        return exchange.getMessage().getBody();
    }

    private final class Transactions extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            ended.add("commit");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            ended.add("rollback");
        }
    }
}
