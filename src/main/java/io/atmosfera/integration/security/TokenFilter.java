package io.atmosfera.integration.security;

import io.atmosfera.integration.database.RequestScope;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/** Finds out who is calling. A bad token is as good as none: what happens then is decided further on. */
class TokenFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";
    private static final String SUBPROTOCOL = "bearer";

    private final ApiTokens tokens;
    private final ProblemWriter problems;

    TokenFilter(ApiTokens tokens, ProblemWriter problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Doors.PUBLIC.matches(request);
    }

    @Override
    @SuppressWarnings("try") // The scope of the statements counts by being there.
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = token(request);
        if (token != null) {
            Optional<Caller> caller;
            try (RequestScope statements = RequestScope.begin()) {
                caller = tokens.find(token);
            } catch (DataAccessException e) {
                problems.write(response, e);
                return;
            }
            caller.ifPresent(
                    known -> SecurityContextHolder.setContext(new SecurityContextImpl(new TokenAuthentication(known))));
        }
        chain.doFilter(request, response);
    }

    private static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Doors.LIVE.matches(request) ? besideItsName(request) : null;
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).trim();
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length()) && Doors.CONSOLES.matches(request)) {
            return password(header.substring(BASIC.length()).trim());
        }
        return null;
    }

    /**
     * A page cannot set headers of a WebSocket, but name subprotocols: {@code bearer, TOKEN}. A token with characters
     * that no such name may have is percent-encoded.
     */
    private static @Nullable String besideItsName(HttpServletRequest request) {
        List<String> names = Collections.list(request.getHeaders(SUBPROTOCOLS)).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::trim)
                .toList();
        if (names.size() != 2 || !names.get(0).equals(SUBPROTOCOL)) {
            return null;
        }
        try {
            return UriUtils.decode(names.get(1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }

    private static @Nullable String password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : pair.substring(colon + 1);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
