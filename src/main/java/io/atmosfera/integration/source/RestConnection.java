package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.RefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a project's data is at a source; its credential is not part of this.
 *
 * @param id         names the connection for the HTTP client, which opens the credential
 * @param title      the source, as people name it
 * @param url        of its API, without a slash at its end
 * @param parameters what else the connection says
 */
public record RestConnection(String id, String title, String url, Map<String, String> parameters) {

    static RestConnection of(String id, String title, JsonNode config) {
        Map<String, String> parameters = new TreeMap<>();
        config.path(RestSource.PARAMETERS)
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        return new RestConnection(id, title, config.path(RestSource.URL).asText(), Map.copyOf(parameters));
    }

    /** A parameter as it may stand in the path or in the query of an address: {@code group/app} as {@code group%2Fapp}. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new RefusedException(
                    CallException.Reason.BAD_REQUEST, "The connection to " + title + " has no parameter " + name + ".");
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
