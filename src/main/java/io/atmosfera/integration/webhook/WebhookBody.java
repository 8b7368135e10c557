package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The JSON of a delivery: the body itself, or the field {@code payload} of a form. */
final class WebhookBody {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final byte[] FIELD = "payload=".getBytes(StandardCharsets.US_ASCII);

    private WebhookBody() {}

    /**
     * Whether a body is a form.
     *
     * @throws ProblemException 415 where it is said to be neither a form nor JSON
     */
    static boolean isForm(boolean formsAllowed, @Nullable String contentType) {
        String type = contentType == null
                ? ""
                : contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (type.equals(FORM) && formsAllowed) {
            return true;
        }
        if (type.isEmpty() || type.equals("application/json") || type.endsWith("+json")) {
            return false;
        }
        throw new ProblemException(
                Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A delivery must be sent as application/json."));
    }

    /**
     * The JSON in a form, decoded as it is read.
     *
     * @throws ProblemException 400 where the form has none
     */
    static InputStream ofForm(byte[] form) {
        return field(form);
    }

    /** The JSON in a form as bytes. */
    static byte[] bytesOfForm(byte[] form) {
        Decoded field = field(form);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(form.length);
        for (int next = field.read(); next >= 0; next = field.read()) {
            bytes.write(next);
        }
        return bytes.toByteArray();
    }

    private static Decoded field(byte[] form) {
        for (int begin = 0; begin < form.length; ) {
            int end = begin;
            while (end < form.length && form[end] != '&') {
                end++;
            }
            int value = begin + FIELD.length;
            if (value <= end && Arrays.equals(form, begin, value, FIELD, 0, FIELD.length)) {
                if (!isEncoded(form, value, end)) {
                    break;
                }
                return new Decoded(form, value, end);
            }
            begin = end + 1;
        }
        throw new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, "The form has no readable field payload."));
    }

    private static boolean isEncoded(byte[] form, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (form[i] == '%' && (i + 2 >= end || digit(form[i + 1]) < 0 || digit(form[i + 2]) < 0)) {
                return false;
            }
        }
        return true;
    }

    private static int digit(byte character) {
        return Character.digit(character, 16);
    }

    /** A field of a form without its encoding: nothing of it is copied, however large it is. */
    private static final class Decoded extends InputStream {

        private final byte[] form;
        private final int end;
        private int at;

        Decoded(byte[] form, int begin, int end) {
            this.form = form;
            this.at = begin;
            this.end = end;
        }

        @Override
        public int read() {
            if (at >= end) {
                return -1;
            }
            byte character = form[at++];
            if (character == '+') {
                return ' ';
            }
            if (character != '%') {
                return character & 0xff;
            }
            at += 2;
            return digit(form[at - 2]) * 16 + digit(form[at - 1]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = 0;
            while (count < length) {
                int next = read();
                if (next < 0) {
                    return count == 0 ? -1 : count;
                }
                target[offset + count++] = (byte) next;
            }
            return count;
        }
    }
}
