package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Contract;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Grants what the contract's {@code x-role} grants; any caller with a token may learn that there is no such operation. */
@Component
class ContractRoles implements AuthorizationManager<RequestAuthorizationContext> {

    private final Contract contract;

    ContractRoles(Contract contract) {
        this.contract = contract;
    }

    @Override
    @SuppressWarnings("deprecation") // The interface's own abstract method.
    public AuthorizationDecision check(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
        var request = context.getRequest();
        boolean granted = authentication.get() instanceof TokenAuthentication token
                && contract.requiredRole(request.getMethod(), request.getRequestURI())
                        .map(Role::valueOf)
                        .map(token.getPrincipal().role()::includes)
                        .orElse(true);
        return new AuthorizationDecision(granted);
    }
}
