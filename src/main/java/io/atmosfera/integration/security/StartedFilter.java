package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Contract;
import io.atmosfera.integration.http.Operations;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers for routes that do not run: while the platform starts, or after an operator has stopped them. */
class StartedFilter extends OncePerRequestFilter {

    private static final long RETRY_SECONDS = 5;

    private final Contract contract;
    private final Operations operations;
    private final ProblemWriter problems;

    StartedFilter(Contract contract, Operations operations, ProblemWriter problems) {
        this.contract = contract;
        this.operations = operations;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean up = contract.operationId(request.getMethod(), request.getRequestURI())
                .map(operations::areUp)
                .orElse(true);
        if (up) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    response,
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "This operation is starting or has been stopped.")
                            .retryAfter(RETRY_SECONDS));
        }
    }
}
