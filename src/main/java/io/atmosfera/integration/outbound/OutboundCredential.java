package io.atmosfera.integration.outbound;

import java.io.IOException;
import java.util.Objects;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Adds a connection's credential to every request that leaves, also to that which follows a redirect: those stay on the
 * same site ({@link SameHostRedirects}), and a renamed repository answers nobody without it.
 */
class OutboundCredential implements ExecChainHandler {

    private static final String CONNECTION = "platform.connection";

    private final ConnectionCredentials credentials;

    OutboundCredential(ConnectionCredentials credentials) {
        this.credentials = credentials;
    }

    static void remember(HttpClientContext context, String connection) {
        context.setAttribute(CONNECTION, connection);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        request.removeHeaders(OutboundHttp.CONNECTION_HEADER);
        String connection = Objects.requireNonNull(scope.clientContext.getAttribute(CONNECTION, String.class));
        credentials
                .credential(connection)
                .ifPresent(credential -> request.setHeader(credential.header(), credential.value()));
        return chain.proceed(request, scope);
    }
}
