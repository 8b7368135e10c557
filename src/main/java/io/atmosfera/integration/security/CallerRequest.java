package io.atmosfera.integration.security;

import io.atmosfera.integration.http.CallerHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A request whose {@link CallerHeaders} are the platform's: headers and parameters of these names that the client sent
 * are gone. So are its credentials, which routes would otherwise hand on to the systems that they call.
 */
class CallerRequest extends HttpServletRequestWrapper {

    private static final Set<String> CREDENTIALS =
            Set.of(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE, HttpHeaders.PROXY_AUTHORIZATION);

    private final Map<String, String> caller = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    CallerRequest(HttpServletRequest request, Map<String, String> caller) {
        super(request);
        this.caller.putAll(caller);
    }

    private static boolean isHidden(String name) {
        return CallerHeaders.isOne(name) || CREDENTIALS.stream().anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? caller.get(name) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (!isHidden(name)) {
            return super.getHeaders(name);
        }
        String value = caller.get(name);
        return value == null ? Collections.emptyEnumeration() : Collections.enumeration(Set.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
        names.removeIf(CallerRequest::isHidden);
        names.addAll(caller.keySet());
        return Collections.enumeration(names);
    }

    @Override
    public @Nullable String getParameter(String name) {
        return isHidden(name) ? null : super.getParameter(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return isHidden(name) ? null : super.getParameterValues(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
        parameters.keySet().removeIf(CallerRequest::isHidden);
        return parameters;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}
