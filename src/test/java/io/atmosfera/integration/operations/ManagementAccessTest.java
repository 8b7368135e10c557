package io.atmosfera.integration.operations;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementAccessTest {

    private static final String CAMEL = "org.apache.camel:context=integration-platform,";

    private final ManagementAccess access = new ManagementAccess();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CAMEL + "type=routes,name=\"project-list\"     | Description",
                CAMEL + "type=context,name=\"platform\"        | Uptime",
                "java.lang:type=Memory                         | HeapMemoryUsage",
                "java.lang:type=Runtime                        | Uptime",
                "java.lang:type=GarbageCollector,name=G1       | CollectionCount",
                "com.zaxxer.hikari:type=Pool (platform)        | ActiveConnections",
                "hawtio:type=About                             | HawtioVersion"
            })
    void showsWhatOperatorsWatch(String name, String attribute) throws MalformedObjectNameException {
        assertThat(access.isAttributeReadAllowed(new ObjectName(name), attribute))
                .isTrue();
        assertThat(access.isObjectNameHidden(new ObjectName(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemProperties", "InputArguments", "ClassPath"})
    void hidesWhatTheRuntimeWasStartedWith(String attribute) throws MalformedObjectNameException {
        assertThat(access.isAttributeReadAllowed(new ObjectName("java.lang:type=Runtime"), attribute))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.management:type=DiagnosticCommand",
                "com.sun.management:type=HotSpotDiagnostic",
                CAMEL + "type=tracer,name=BacklogTracer",
                CAMEL + "type=tracer,name=BacklogDebugger",
                "com.zaxxer.hikari:type=PoolConfig (platform)",
                "java.util.logging:type=Logging",
                "jolokia:type=Config",
                "hawtio:type=security,area=jmx,name=HawtioDummyJMXSecurity"
            })
    void hidesTheRest(String name) throws MalformedObjectNameException {
        ObjectName hidden = new ObjectName(name);

        assertThat(access.isObjectNameHidden(hidden)).isTrue();
        assertThat(access.isAttributeReadAllowed(hidden, "Any")).isFalse();
        assertThat(access.isOperationAllowed(hidden, "any()")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start()", "stop()", "stop(long)", "suspend()", "resume()", "dumpRouteAsXml()"})
    void routesAreStartedAndStopped(String operation) throws MalformedObjectNameException {
        assertThat(access.isOperationAllowed(new ObjectName(CAMEL + "type=routes,name=\"project-list\""), operation))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=context,name=\"platform\"    | sendBody(java.lang.String,java.lang.Object)",
                "type=context,name=\"platform\"    | stop()",
                "type=routes,name=\"project-list\" | remove()",
                "type=routes,name=\"project-list\" | updateRouteFromXml(java.lang.String)",
                "type=endpoints,name=\"seda://x\"  | browseAllMessagesAsXml(java.lang.Boolean)",
                "type=processors,name=\"x\"        | stop()"
            })
    void nothingIsSentBrowsedOrChanged(String name, String operation) throws MalformedObjectNameException {
        assertThat(access.isOperationAllowed(new ObjectName(CAMEL + name), operation))
                .isFalse();
    }

    @Test
    void nothingIsWritten() throws MalformedObjectNameException {
        assertThat(access.isAttributeWriteAllowed(new ObjectName(CAMEL + "type=context,name=\"platform\""), "Tracing"))
                .isFalse();
        assertThat(access.isTypeAllowed(RequestType.WRITE)).isFalse();
        assertThat(access.isTypeAllowed(RequestType.NOTIFICATION)).isFalse();
    }

    @Test
    void noOtherSiteMayReadTheAnswers() {
        assertThat(access.isOriginAllowed("https://other.example", false)).isFalse();
    }
}
