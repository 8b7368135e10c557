package io.atmosfera.integration.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller whose token was found. The token itself is not kept. */
class TokenAuthentication extends AbstractAuthenticationToken {

    private static final String NOT_KEPT = "";

    private final transient Caller caller;

    TokenAuthentication(Caller caller) {
        super(caller.role().included().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return NOT_KEPT;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }
}
