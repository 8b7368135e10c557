package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.LenientJson;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RemoteAnswer;
import io.atmosfera.integration.outbound.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells Jira's answers apart, the misleading ones too, and reads the good ones. */
@Component("jiraAnswer")
public class JiraAnswer {

    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final int MOST_OF_A_MESSAGE = 300;

    private final ObjectMapper json;
    private final JiraPatience patience;

    JiraAnswer(ObjectMapper json, JiraPatience patience) {
        this.json = json;
        this.patience = patience;
    }

    /**
     * The bytes of a good answer.
     *
     * @throws RateLimited where Jira asks to wait
     * @throws TransientException where another try may help
     * @throws RefusedException   where it will not
     */
    public byte[] read(
            @Body @Nullable InputStream body,
            @Headers Map<String, Object> headers,
            @Variable("connection") JiraConnection connection) {
        RemoteAnswer answer = answer(body, headers);
        String loginReason = answer.header("X-Seraph-LoginReason").orElse("");
        if (answer.header("X-Authentication-Denied-Reason").orElse("").contains("CAPTCHA")
                || loginReason.contains("AUTHENTICATION_DENIED")) {
            throw new RefusedException(
                    Reason.AUTHENTICATION,
                    "Jira has locked this account with a captcha after failed logins. Sign in to Jira once in a browser "
                            + "as this user and solve it, or use an API token, then test the connection again.");
        }
        if (isOfAStranger(answer, loginReason)) {
            throw new RefusedException(
                    Reason.AUTHENTICATION,
                    "Jira refuses the credential and answers as to a stranger: the token has expired or was revoked. Create a new one and save it.");
        }
        if (answer.isGood()) {
            return good(answer);
        }
        throw refused(answer, connection, loginReason.isEmpty());
    }

    /**
     * Makes sure that Jira knows the account, from its answer to who that is: what it does not show to a stranger may be
     * there.
     *
     * @throws CallException where it does not, or where that cannot be known now
     */
    public boolean signedIn(
            @Body @Nullable InputStream body,
            @Headers Map<String, Object> headers,
            @Variable("connection") JiraConnection connection) {
        try {
            return json(read(body, headers, connection)).isObject();
        } catch (RefusedException refusal) {
            throw refusal.reason() == Reason.NOT_FOUND
                    ? new RefusedException(
                            Reason.NOT_THE_API,
                            "What answers at jiraUrl is probably not Jira: it does not say whose the credential is, so nothing that it does not have"
                                    + " is taken for deleted. Check that jiraUrl is the address of Jira itself.")
                    : refusal;
        }
    }

    /** Jira answers some questions of strangers, and to others as if what they ask for did not exist. */
    private static boolean isOfAStranger(RemoteAnswer answer, String loginReason) {
        return !loginReason.isBlank()
                && answer.status() < 500
                && answer.status() != 401
                && answer.status() != 429
                && !Arrays.stream(loginReason.split(","))
                        .allMatch(reason -> reason.strip().equals("OK"));
    }

    private static byte[] good(RemoteAnswer answer) {
        if (answer.isWebPage()) {
            throw new RefusedException(
                    Reason.NOT_THE_API,
                    "A web page came instead of Jira's API, probably a single sign-on login page. Let API requests with "
                            + "tokens through, or check that jiraUrl is the address of Jira itself.");
        }
        if (answer.status() != 204 && answer.bytes().length == 0) {
            throw new TransientException("Jira sent an empty answer");
        }
        return answer.bytes();
    }

    private RuntimeException refused(RemoteAnswer answer, JiraConnection connection, boolean doubtful) {
        int status = answer.status();
        String said = said(answer.bytes());
        if (status == 429 || (status == 503 && answer.header("Retry-After").isPresent())) {
            return patience.asked(answer, connection);
        }
        return switch (status) {
            case 400 -> new RefusedException(Reason.BAD_REQUEST, "Jira refuses the request" + said);
            case 401 ->
                new RefusedException(
                        Reason.AUTHENTICATION,
                        "Jira refuses the credential (401). Check that email and API token belong together (Cloud), or "
                                + "that the personal access token is given without an email (Data Center), and that it has "
                                + "not expired.");
            case 403 ->
                new RefusedException(
                        Reason.PERMISSION,
                        "Jira forbids this to the account (403): it lacks a permission, or an allow-list blocks this "
                                + "server" + said);
            case 404 -> refusedAbsence("Jira does not have this, or the account may not see it" + said, doubtful);
            case 410 -> new RefusedException(Reason.GONE, "Jira has removed this API (410)" + said);
            case 301, 302, 303, 307, 308 ->
                new RefusedException(
                        Reason.NOT_THE_API,
                        "The address redirects elsewhere, probably to a login page. Give jiraUrl as the address that "
                                + "answers itself.");
            default ->
                status >= 500 || status == 408
                        ? new TransientException("Jira answered with an error of its own (HTTP " + status + ")")
                        : new RefusedException(Reason.BAD_REQUEST, "Jira answered HTTP " + status + said);
        };
    }

    private static RefusedException refusedAbsence(String message, boolean doubtful) {
        return doubtful
                ? RefusedException.doubtful(Reason.NOT_FOUND, message)
                : new RefusedException(Reason.NOT_FOUND, message);
    }

    /** Parses a good answer; a body that is cut or garbled is transient. */
    public JsonNode json(@Body byte[] bytes) {
        try {
            return LenientJson.read(bytes, json);
        } catch (IOException malformed) {
            throw new TransientException("Jira's answer is not valid JSON, it was probably cut off");
        }
    }

    private String said(byte[] bytes) {
        try {
            JsonNode body = json.readTree(bytes);
            StringBuilder text = new StringBuilder();
            body.path("errorMessages").forEach(message -> text.append(' ').append(message.asText()));
            body.path("errors").properties().forEach(error -> text.append(' ')
                    .append(error.getKey())
                    .append(": ")
                    .append(error.getValue().asText()));
            if (text.isEmpty() && body.path("message").isTextual()) {
                text.append(' ').append(body.path("message").asText());
            }
            return text.isEmpty() ? "." : ":" + cut(text.toString());
        } catch (IOException notJson) {
            return ".";
        }
    }

    /**
     * The bytes of an answer, whatever it is.
     *
     * @throws TransientException where the connection breaks while it comes in
     */
    public byte[] bytes(@Body @Nullable InputStream body, @Headers Map<String, Object> headers) {
        return answer(body, headers).bytes();
    }

    private static String cut(String text) {
        return text.length() <= MOST_OF_A_MESSAGE ? text : text.substring(0, MOST_OF_A_MESSAGE) + "…";
    }

    private static RemoteAnswer answer(@Nullable InputStream body, Map<String, Object> headers) {
        try {
            RemoteAnswer answer = RemoteAnswer.read(body, headers, MOST_BYTES);
            if (answer.bytes().length == MOST_BYTES) {
                throw new RefusedException(
                        Reason.NOT_THE_API, "The answer is larger than 256 MiB; nothing of Jira's is.");
            }
            return answer;
        } catch (IOException cut) {
            throw new TransientException("The connection broke in the middle of Jira's answer");
        }
    }
}
