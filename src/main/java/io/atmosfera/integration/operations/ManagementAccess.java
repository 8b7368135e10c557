package io.atmosfera.integration.operations;

import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.jspecify.annotations.Nullable;

/**
 * How far Hawtio and Jolokia reach: they watch the JVM and Camel, and start and stop routes. What is not named here is
 * not even listed. Messages stay out of sight, for they may hold secrets: no tracer, no debugger, no browsing of
 * endpoints; and nobody sends a message from there, past the API and its roles. Jolokia makes one by its name
 * (application.yaml).
 */
public class ManagementAccess implements Restrictor {

    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.EXEC, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);

    private static final Set<String> CAMEL_TYPES = Set.of(
            "components",
            "context",
            "errorhandlers",
            "eventnotifiers",
            "health",
            "routecontrollers",
            "routes",
            "services",
            "threadpools");

    private static final Set<String> CAMEL_LISTS =
            Set.of("listRestServices", "listTypeConverters", "explain", "listEips", "details");

    private static final Set<String> ROUTE_OPERATIONS = Set.of("start", "stop", "suspend", "resume", "reset");

    private static final Set<String> JVM_TYPES = Set.of(
            "Memory", "MemoryPool", "OperatingSystem", "Threading", "GarbageCollector", "ClassLoading", "Runtime");

    /** Of the runtime only these: its system properties and arguments may hold secrets. */
    private static final Set<String> RUNTIME_ATTRIBUTES = Set.of(
            "Name", "Pid", "StartTime", "Uptime", "SpecVersion", "VmName", "VmVendor", "VmVersion", "ObjectName");

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !name.isPattern() && !isKnown(name);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, @Nullable String attribute) {
        return isKnown(name)
                && (!isOf(name, "java.lang", "Runtime")
                        || (attribute != null && RUNTIME_ATTRIBUTES.contains(attribute)));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        int signature = operation.indexOf('(');
        String bare = signature < 0 ? operation : operation.substring(0, signature);
        return switch (name.getDomain()) {
            case "org.apache.camel" -> isKnown(name) && isCamelOperation(name, bare);
            case "java.lang" -> isOf(name, "java.lang", "Threading") && bare.equals("dumpAllThreads");
            case "hawtio" -> isKnown(name);
            default -> false;
        };
    }

    /** Who may ask at all is decided before, by role. */
    @Override
    public boolean isRemoteAccessAllowed(String... addresses) {
        return true;
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.POST;
    }

    /** No page of another site gets permission to read ({@link SameSite} turns its requests away altogether). */
    @Override
    public boolean isOriginAllowed(String origin, boolean strictly) {
        return strictly;
    }

    private static boolean isKnown(ObjectName name) {
        String type = String.valueOf(name.getKeyProperty("type"));
        return switch (name.getDomain()) {
            case "org.apache.camel" -> CAMEL_TYPES.contains(type);
            case "java.lang" -> JVM_TYPES.contains(type);
            case "com.zaxxer.hikari" -> type.startsWith("Pool (");
            // Hawtio would ask it about every operation of every MBean before its first view, and it always says yes.
            // Who may do what is decided here.
            case "hawtio" -> !(type.equals("security") && "jmx".equals(name.getKeyProperty("area")));
            default -> false;
        };
    }

    private static boolean isCamelOperation(ObjectName name, String operation) {
        return operation.startsWith("dump")
                || CAMEL_LISTS.contains(operation)
                || (isOf(name, "org.apache.camel", "routes") && ROUTE_OPERATIONS.contains(operation));
    }

    private static boolean isOf(ObjectName name, String domain, String type) {
        return name.getDomain().equals(domain) && type.equals(name.getKeyProperty("type"));
    }
}
