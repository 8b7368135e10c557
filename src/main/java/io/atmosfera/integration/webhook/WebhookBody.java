package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The JSON of a delivery: the body itself, or with GitHub the field {@code payload} of a form. */
final class WebhookBody {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FIELD = "payload=";

    private WebhookBody() {}

    /**
     * Whether a body is a form.
     *
     * @throws ProblemException 415 where it is said to be neither a form nor JSON
     */
    static boolean isForm(String source, @Nullable String contentType) {
        String type = contentType == null
                ? ""
                : contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (type.equals(FORM) && source.equals("github")) {
            return true;
        }
        if (type.isEmpty() || type.equals("application/json") || type.endsWith("+json")) {
            return false;
        }
        throw new ProblemException(
                Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A delivery must be sent as application/json."));
    }

    /**
     * The JSON in a form.
     *
     * @throws ProblemException 400 where the form has none
     */
    static byte[] ofForm(byte[] form) {
        for (String field : new String(form, StandardCharsets.ISO_8859_1).split("&", -1)) {
            if (field.startsWith(FIELD)) {
                try {
                    return URLDecoder.decode(field.substring(FIELD.length()), StandardCharsets.UTF_8)
                            .getBytes(StandardCharsets.UTF_8);
                } catch (IllegalArgumentException notEncoded) {
                    break;
                }
            }
        }
        throw new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, "The form has no readable field payload."));
    }
}
