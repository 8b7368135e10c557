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
    static final long ALL = Long.MAX_VALUE - 1;

    /** How many rows a query has, and whether that is an estimate. */
    record Count(long rows, boolean estimated) {}

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
     * @param from  the query from its FROM on
     * @param exact the number beyond which it is PostgreSQL's estimate, so that a page of millions costs no more than
     *              others; {@link #ALL} for no estimate
     */
    Count count(String from, long exact, SqlParameterSource parameters) {
        String limit = exact == ALL ? "" : " LIMIT " + (exact + 1);
        long counted = ((Number) single("SELECT count(*) FROM (SELECT " + from + limit + ") AS counted", parameters))
                .longValue();
        return counted <= exact
                ? new Count(counted, false)
                : new Count(Math.max(counted, estimate("SELECT " + from, parameters)), true);
    }

    private long estimate(String sql, SqlParameterSource parameters) {
        try {
            return json.readTree(
                            single("EXPLAIN (FORMAT JSON) " + sql, parameters).toString())
                    .path(0)
                    .path("Plan")
                    .path("Plan Rows")
                    .asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The plan is JSON because that was asked for", e);
        }
    }

    private Object single(String sql, SqlParameterSource parameters) {
        return rows(sql, parameters).get(0).values().iterator().next();
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
