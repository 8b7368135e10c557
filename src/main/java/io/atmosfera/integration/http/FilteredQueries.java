package io.atmosfera.integration.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Queries whose conditions come and go with the filters of a request. PostgreSQL plans them for the very values: a plan
 * for any values, as it comes with a statement that is kept prepared, would read a million rows to find three.
 */
@Component
class FilteredQueries {

    /** All matches are counted, however many. */
    static final long ALWAYS = Long.MAX_VALUE;

    private final NamedParameterJdbcTemplate jdbc;
    private final ObjectMapper json;

    FilteredQueries(NamedParameterJdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<Map<String, Object>> rows(String sql, SqlParameterSource parameters) {
        List<Map<String, Object>> rows = jdbc.execute(sql, parameters, statement -> {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            try (ResultSet result = statement.executeQuery()) {
                return mapped(result);
            }
        });
        return rows == null ? List.of() : rows;
    }

    /**
     * How many rows a query has.
     *
     * @param with  what stands before its SELECT
     * @param from  the query from its FROM on
     * @param exact the number beyond which it is PostgreSQL's estimate, so that a page of millions costs no more than
     *              others; {@link #ALWAYS} for no estimate
     */
    long count(String with, String from, long exact, SqlParameterSource parameters) {
        if (exact == ALWAYS) {
            return number(with + "SELECT count(*) " + from, parameters);
        }
        long counted = number(
                with + "SELECT count(*) FROM (SELECT 1 " + from + " LIMIT " + (exact + 1) + ") AS counted", parameters);
        return counted <= exact ? counted : Math.max(counted, estimate(with + "SELECT 1 " + from, parameters));
    }

    private long number(String sql, SqlParameterSource parameters) {
        return ((Number) rows(sql, parameters).get(0).values().iterator().next()).longValue();
    }

    private long estimate(String sql, SqlParameterSource parameters) {
        Object plan = rows("EXPLAIN (FORMAT JSON) " + sql, parameters)
                .get(0)
                .values()
                .iterator()
                .next();
        try {
            return json.readTree(plan.toString())
                    .path(0)
                    .path("Plan")
                    .path("Plan Rows")
                    .asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The plan is JSON because that was asked for", e);
        }
    }

    private static List<Map<String, Object>> mapped(ResultSet result) throws SQLException {
        ColumnMapRowMapper mapper = new ColumnMapRowMapper();
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(mapper.mapRow(result, rows.size()));
        }
        return rows;
    }
}
