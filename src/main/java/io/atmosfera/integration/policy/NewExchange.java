package io.atmosfera.integration.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.PolicyDefinition;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.PluginHelper;

/**
 * A policy whose steps run on an exchange of their own, a copy of the caller's. The body they end with becomes the caller's;
 * variables and headers that they set stay with the copy. A failure of theirs becomes the caller's, so that its doCatch and
 * its error handler see it even where an error handler within has given it up, which would be final for one exchange.
 */
abstract class NewExchange implements Policy {

    /** The policies whose steps are being made, the innermost first. Camel makes a route on one thread. */
    private final ThreadLocal<Deque<PolicyDefinition>> beingMade = ThreadLocal.withInitial(ArrayDeque::new);

    /**
     * The steps get no error handler of the caller's, since the policy has to see their failure first. Camel asks the policy's
     * definition about that while it makes them, and afterwards for the policy itself, which keeps its own.
     */
    @Override
    public final void beforeWrap(Route route, NamedNode definition) {
        PolicyDefinition policy = (PolicyDefinition) definition;
        policy.setInheritErrorHandler(false);
        beingMade.get().push(policy);
    }

    @Override
    public final Processor wrap(Route route, Processor steps) {
        beingMade.get().pop().setInheritErrorHandler(null);
        Processor unitOfWork = PluginHelper.getInternalProcessorFactory(route.getCamelContext())
                .addUnitOfWorkProcessorAdvice(route.getCamelContext(), steps, route);
        return caller -> {
            Exchange own = ExchangeHelper.createCorrelatedCopy(caller, false);
            run(unitOfWork, own);
            Exception failure = own.getException();
            if (failure == null) {
                caller.getMessage().setBody(own.getMessage().getBody());
            } else {
                caller.setException(failure);
            }
        };
    }

    /** Runs the steps; their failure is the exchange's exception. */
    abstract void run(Processor steps, Exchange exchange);

    /** Processes the exchange; what is thrown becomes its exception. */
    static void process(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }
}
