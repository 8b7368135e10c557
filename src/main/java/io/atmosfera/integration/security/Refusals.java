package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** How the platform says no: 401 to those it does not know, 403 to those who may not, 400 to addresses with tricks. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final ProblemWriter problems;

    Refusals(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        boolean console = Doors.CONSOLES.matches(request);
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                console ? "Basic realm=\"Any name, and a token as the password\", charset=\"UTF-8\"" : "Bearer");
        problems.write(
                response, Problem.of(HttpStatus.UNAUTHORIZED, "A valid token is needed: Authorization: Bearer TOKEN."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        problems.write(response, Problem.of(HttpStatus.FORBIDDEN, "The token's role does not allow this."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException failure)
            throws IOException {
        problems.write(response, Problem.of(HttpStatus.BAD_REQUEST, "The address is not in its plain form."));
    }
}
