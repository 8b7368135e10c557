package io.atmosfera.integration.database;

import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Counts the parameters of each statement once, when its endpoint is made. Without the count Camel asks the database for
 * it at each execution, which is a round trip and as much work as planning the statement.
 */
@Component
class ParametersCounted implements EndpointStrategy, CamelContextConfiguration {

    /** How many values it takes depends on the message. */
    private static final String LIST_OF_VALUES = ":?in:";

    private static final Pattern LITERAL_OR_COMMENT =
            Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    @Override
    public void beforeApplicationStart(CamelContext camelContext) {
        camelContext.getCamelContextExtension().registerEndpointCallback(this);
    }

    @Override
    public void afterApplicationStart(CamelContext camelContext) {}

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof SqlEndpoint sql && sql.getParametersCount() == 0) {
            sql.setParametersCount(parameters(sql));
        }
        return endpoint;
    }

    /** The number of parameters of an endpoint's statement; 0 if only a message can tell. */
    private static int parameters(SqlEndpoint endpoint) {
        if (endpoint.isUseMessageBodyForSql()) {
            return 0;
        }
        try {
            String statement = SqlHelper.resolveQuery(
                    endpoint.getCamelContext(),
                    endpoint.getQuery(),
                    endpoint.isUsePlaceholder() ? endpoint.getPlaceholder() : null);
            return statement.contains(LIST_OF_VALUES)
                    ? 0
                    : count(new DefaultSqlPrepareStatementStrategy()
                            .prepareQuery(statement, endpoint.isAllowNamedParameters(), null));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Counts the {@code ?} outside of literals and comments. */
    private static int count(String statement) {
        String code = LITERAL_OR_COMMENT.matcher(statement).replaceAll("");
        return (int) code.chars().filter(character -> character == '?').count();
    }
}
