package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Contract;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends requests for what does not exist. Only what the contract or {@link Doors} names gets further, so that an address
 * in an odd form (other case, a slash more) cannot reach what stands behind a role under its usual one.
 */
class UnknownAddressFilter extends OncePerRequestFilter {

    /** What Hawtio, Jolokia and the health checks take; servlets answer other methods as errors of their own (501). */
    private static final Set<String> OF_ACTUATOR = new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS", "POST"));

    private final Contract contract;
    private final ProblemWriter problems;

    UnknownAddressFilter(Contract contract, ProblemWriter problems) {
        this.contract = contract;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Doors.PUBLIC.matches(request) || Doors.LIVE.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Set<String> methods = Doors.ACTUATOR.matches(request) ? OF_ACTUATOR : contract.methods(request.getRequestURI());
        if (methods.contains(request.getMethod())) {
            chain.doFilter(request, response);
        } else if (methods.isEmpty()) {
            problems.write(response, Problem.of(HttpStatus.NOT_FOUND, "There is nothing at this address."));
        } else {
            String allowed = String.join(", ", methods);
            response.setHeader(HttpHeaders.ALLOW, allowed);
            problems.write(
                    response,
                    Problem.of(
                            HttpStatus.METHOD_NOT_ALLOWED,
                            "This address does not know this method, but " + allowed + "."));
        }
    }
}
