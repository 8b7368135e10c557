package io.atmosfera.integration.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A delivery of a webhook: bytes and headers, no parameters, so that nothing of an unverified body gets to be one. */
class WebhookRequest extends ReadRequest {

    WebhookRequest(HttpServletRequest request, byte[] body) {
        super(request, body);
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }
}
