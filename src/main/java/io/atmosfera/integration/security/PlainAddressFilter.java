package io.atmosfera.integration.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses addresses with tricks before anything looks at them. Spring Security does so too, but only after Spring has
 * taken the address apart, which fails for some that lead to a servlet of its own, as Jolokia's do.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PlainAddressFilter extends OncePerRequestFilter {

    private final HttpFirewall firewall;
    private final Refusals refusals;

    PlainAddressFilter(HttpFirewall firewall, Refusals refusals) {
        this.firewall = firewall;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            firewall.getFirewalledRequest(request);
        } catch (RequestRejectedException e) {
            refusals.handle(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }
}
