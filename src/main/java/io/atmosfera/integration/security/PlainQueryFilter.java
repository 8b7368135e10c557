package io.atmosfera.integration.security;

import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.http.ProblemWriter;
import io.atmosfera.integration.http.QueryParameters;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses queries that cannot be decoded; where somebody asks for a parameter later, Jetty would fail. */
class PlainQueryFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    PlainQueryFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            QueryParameters.parse(request.getQueryString());
        } catch (ProblemException e) {
            problems.write(response, e.problem());
            return;
        }
        chain.doFilter(request, response);
    }
}
