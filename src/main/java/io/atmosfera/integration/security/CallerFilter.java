package io.atmosfera.integration.security;

import io.atmosfera.integration.http.CallerHeaders;
import io.atmosfera.integration.http.Contract;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the routes who is calling, in place of whatever the client says about it. */
class CallerFilter extends OncePerRequestFilter {

    private final Contract contract;

    CallerFilter(Contract contract) {
        this.contract = contract;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Map<String, String> caller = new LinkedHashMap<>();
        caller.put(CallerHeaders.ADDRESS, request.getRemoteAddr());
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof TokenAuthentication token) {
            caller.put(CallerHeaders.ACTOR, token.getPrincipal().actor());
            caller.put(CallerHeaders.ROLE, token.getPrincipal().role().name());
            caller.put(CallerHeaders.TOKEN, String.valueOf(token.getPrincipal().tokenId()));
        }
        CallerHeaders.NAMES.forEach(request::removeAttribute);
        caller.forEach(request::setAttribute);
        boolean operation = contract.operationId(request.getMethod(), request.getRequestURI())
                .isPresent();
        chain.doFilter(
                operation ? new OperationRequest(request, caller) : new CallerRequest(request, caller), response);
    }
}
