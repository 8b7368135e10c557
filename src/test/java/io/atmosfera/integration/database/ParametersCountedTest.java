package io.atmosfera.integration.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.PlatformTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ParametersCountedTest extends PlatformTest {

    @Autowired
    private CamelContext camel;

    @Autowired
    private DataSource dataSource;

    private List<SqlEndpoint> statements() {
        return camel.getEndpoints().stream()
                .filter(SqlEndpoint.class::isInstance)
                .map(SqlEndpoint.class::cast)
                .toList();
    }

    @Test
    void eachStatementHasAsManyParametersAsTheDatabaseSays() throws Exception {
        Map<String, Integer> ours = new TreeMap<>();
        Map<String, Integer> theirs = new TreeMap<>();
        try (Connection connection = dataSource.getConnection()) {
            for (SqlEndpoint endpoint : statements()) {
                String statement = SqlHelper.resolveQuery(camel, endpoint.getQuery(), endpoint.getPlaceholder());
                if (statement.contains(":?in:")) {
                    continue;
                }
                String prepared = new DefaultSqlPrepareStatementStrategy().prepareQuery(statement, true, null);
                ours.put(endpoint.getEndpointUri(), endpoint.getParametersCount());
                try (PreparedStatement of = connection.prepareStatement(prepared)) {
                    theirs.put(
                            endpoint.getEndpointUri(), of.getParameterMetaData().getParameterCount());
                }
            }
        }
        assertThat(ours).hasSizeGreaterThan(100).isEqualTo(theirs);
    }

    @Test
    void literalsAndCommentsHoldNoParameters() {
        SqlEndpoint endpoint = camel.getEndpoint(
                "sql:SELECT 'a :# and it''s' /* # */ WHERE 1 = :#${body} AND 2 = :#${body}", SqlEndpoint.class);

        assertThat(endpoint.getParametersCount()).isEqualTo(2);
    }
}
