package io.atmosfera.integration.security;

import java.security.Principal;

/**
 * Who makes a request.
 *
 * @param tokenId the row of the token
 * @param actor   the name under which the audit log knows the caller
 * @param role    what the caller may do
 */
public record Caller(long tokenId, String actor, Role role) implements Principal {

    @Override
    public String getName() {
        return actor;
    }
}
