package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.http.ProblemWriter;
import io.atmosfera.integration.http.QueryParameters;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses queries that cannot be decoded and types of bodies that are none: Jetty and Spring would fail over them later. */
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
        if (hasUnfitType(request)) {
            problems.write(
                    response,
                    Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type is not one media type; send application/json."));
            return;
        }
        chain.doFilter(request, response);
    }

    /** A wildcard belongs into Accept; Spring fails over one in Content-Type, even of a request without a body. */
    private static boolean hasUnfitType(HttpServletRequest request) {
        String given = request.getContentType();
        if (given == null || given.isBlank()) {
            return false;
        }
        try {
            return !MediaType.parseMediaType(given).isConcrete();
        } catch (InvalidMediaTypeException e) {
            return true;
        }
    }
}
