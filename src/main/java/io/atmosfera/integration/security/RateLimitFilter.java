package io.atmosfera.integration.security;

import io.atmosfera.integration.http.ClientAddresses;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits requests: per token, or per address for those that have none that is valid. */
class RateLimitFilter extends OncePerRequestFilter {

    private final RequestLimits limits;
    private final ProblemWriter problems;

    RateLimitFilter(RequestLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Doors.PUBLIC.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long seconds = limits.secondsToWait(key(request));
        if (seconds > 0) {
            String detail = "More requests than allowed. Try again in " + seconds + " s.";
            problems.write(
                    response, Problem.of(HttpStatus.TOO_MANY_REQUESTS, detail).retryAfter(seconds));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static String key(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof TokenAuthentication token) {
            return "token " + token.getPrincipal().tokenId();
        }
        return ClientAddresses.party(request.getRemoteAddr());
    }
}
