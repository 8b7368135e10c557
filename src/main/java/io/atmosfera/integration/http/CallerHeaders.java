package io.atmosfera.integration.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;

/**
 * The headers by which routes know who is calling: {@code ${header.PlatformActor}}. They are the platform's own word,
 * never the client's.
 */
public final class CallerHeaders {

    /** The user's name, else {@code token:NAME}; {@code admin} for the first administrator. */
    public static final String ACTOR = "PlatformActor";

    /** The address that the request came from. */
    public static final String ADDRESS = "PlatformAddress";

    /** The role that the request has. */
    public static final String ROLE = "PlatformRole";

    /** The id of the token that the request came with. */
    public static final String TOKEN = "PlatformToken";

    public static final Set<String> NAMES = Set.of(ACTOR, ADDRESS, ROLE, TOKEN);

    private static final Set<String> LOWER_CASE =
            Set.of("platformactor", "platformaddress", "platformrole", "platformtoken");

    private CallerHeaders() {}

    public static boolean isOne(String name) {
        return LOWER_CASE.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Sets the headers of a message to what the request's attributes of these names say. Camel also makes headers of
     * query parameters and of form and multipart fields, so that what came with the request may stand there by now.
     */
    static void restore(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message instanceof HttpMessage http && http.getRequest() != null) {
            for (String name : NAMES) {
                Object value = http.getRequest().getAttribute(name);
                if (value == null) {
                    message.removeHeader(name);
                } else {
                    message.setHeader(name, value);
                }
            }
        }
    }
}
