package io.atmosfera.integration.outbound;

import io.atmosfera.integration.outbound.TokenIssuer.Answer;
import java.io.IOException;

/** No token was given. The answer instead of it becomes that of the call which wanted the token. */
public class TokenRefusedException extends IOException {

    /** On an answer that is one to the question for a token: the step in which none was given. */
    public static final String HEADER = "PlatformTokenRefused";

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;
    private final String step;

    /** What was answered at which step. */
    public TokenRefusedException(String step, Answer answer) {
        super("No token: HTTP " + answer.status());
        this.step = step;
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    String step() {
        return step;
    }
}
