package io.atmosfera.integration.jira;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Halves of surrogate pairs in JSON: Jackson takes their escapes in values, but not in the names of fields. */
final class Surrogates {

    /** An escaped backslash, a whole pair, or a half. */
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\\\\\|\\\\u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}|(\\\\u[dD][89a-fA-F]\\p{XDigit}{2})");

    private Surrogates() {}

    /** The same JSON, and as long, with U+FFFD for each half; null if there is none. */
    static byte @Nullable [] mended(byte[] json) {
        byte[] mended = null;
        // One byte a character: the escapes are ASCII, what is between them does not matter.
        Matcher escape = ESCAPE.matcher(new String(json, StandardCharsets.ISO_8859_1));
        while (escape.find()) {
            if (escape.start(1) >= 0) {
                mended = mended == null ? json.clone() : mended;
                System.arraycopy("fffd".getBytes(StandardCharsets.US_ASCII), 0, mended, escape.start(1) + 2, 4);
            }
        }
        return mended;
    }
}
