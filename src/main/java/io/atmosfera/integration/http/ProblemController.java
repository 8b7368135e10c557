package io.atmosfera.integration.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the web server sends every request that ended in an error status or an exception. */
@Controller
class ProblemController implements ErrorController {

    private final ProblemWriter writer;

    ProblemController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${server.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        int code = status instanceof Integer given ? given : HttpStatus.NOT_FOUND.value();
        if (code >= HttpStatus.INTERNAL_SERVER_ERROR.value() && failure instanceof Throwable thrown) {
            writer.write(response, thrown);
        } else {
            writer.write(response, HttpErrors.of(code));
        }
    }
}
