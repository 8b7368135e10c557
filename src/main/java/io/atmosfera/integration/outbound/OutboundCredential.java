package io.atmosfera.integration.outbound;

import io.atmosfera.integration.outbound.ConnectionCredentials.Credential;
import io.atmosfera.integration.outbound.ConnectionCredentials.Keyed;
import io.atmosfera.integration.outbound.ConnectionCredentials.Sent;
import io.atmosfera.integration.outbound.TokenIssuer.Answer;
import io.atmosfera.integration.outbound.TokenIssuer.Caller;
import io.atmosfera.integration.outbound.TokenIssuer.Token;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Adds a connection's credential to every request that leaves, also to that which follows a redirect: those stay on the
 * same site ({@link SameHostRedirects}), and a renamed repository answers nobody without it. Where the credential is a token
 * that is issued, it is requested the same way, and requested once more if it is refused.
 */
class OutboundCredential implements ExecChainHandler {

    /** On a request: the secret that its body wants where it has @NAME@; set by routes, taken off here. */
    static final String FILL_HEADER = "PlatformFill";

    private static final String CONNECTION = "platform.connection";
    private static final int UNAUTHORIZED = 401;
    private static final int MOST_BYTES = 1024 * 1024;

    private final ConnectionCredentials credentials;
    private final IssuedTokens tokens;

    OutboundCredential(ConnectionCredentials credentials, IssuedTokens tokens) {
        this.credentials = credentials;
        this.tokens = tokens;
    }

    static void remember(HttpClientContext context, String connection) {
        context.setAttribute(CONNECTION, connection);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        request.removeHeaders(OutboundHttp.CONNECTION_HEADER);
        String connection = Objects.requireNonNull(scope.clientContext.getAttribute(CONNECTION, String.class));
        fill(request, connection);
        Credential credential = credentials.credential(connection).orElse(null);
        if (credential instanceof Keyed keyed) {
            return withToken(connection, keyed, request, scope, chain);
        }
        if (credential instanceof Sent sent) {
            request.setHeader(sent.header(), sent.value());
        }
        return chain.proceed(request, scope);
    }

    /** A secret that the other system is to have too: it is no more part of a message than a credential. */
    private void fill(ClassicHttpRequest request, String connection) throws IOException, HttpException {
        Header header = request.getFirstHeader(FILL_HEADER);
        request.removeHeaders(FILL_HEADER);
        HttpEntity entity = request.getEntity();
        if (header == null || entity == null) {
            return;
        }
        String name = header.getValue();
        String secret = credentials
                .secretJson(connection, name)
                .orElseThrow(() -> new IOException("The connection has no " + name));
        String body = EntityUtils.toString(entity).replace("\"@" + name + "@\"", secret);
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    }

    private ClassicHttpResponse withToken(
            String connection, Keyed keyed, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Caller caller = (method, address, authorization) -> {
            ClassicHttpRequest question = ClassicRequestBuilder.create(method)
                    .setUri(address)
                    .addHeader("Authorization", authorization)
                    .build();
            for (String name : new String[] {"Accept", "X-GitHub-Api-Version"}) {
                Header header = request.getFirstHeader(name);
                if (header != null) {
                    question.addHeader(name, header.getValue());
                }
            }
            return answer(chain.proceed(question, scope));
        };
        try {
            Token token = tokens.get(connection, keyed, null, caller);
            ClassicHttpResponse response = proceed(token, request, scope, chain);
            if (response.getCode() != UNAUTHORIZED || !isRepeatable(request.getEntity())) {
                return response;
            }
            EntityUtils.consume(response.getEntity());
            response.close();
            return proceed(tokens.get(connection, keyed, token, caller), request, scope, chain);
        } catch (TokenRefusedException refused) {
            return response(refused);
        }
    }

    private static ClassicHttpResponse proceed(
            Token token, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        request.setHeader("Authorization", token.authorization());
        return chain.proceed(request, scope);
    }

    private static boolean isRepeatable(@Nullable HttpEntity entity) {
        return entity == null || entity.isRepeatable();
    }

    private static Answer answer(ClassicHttpResponse response) throws IOException {
        try (response) {
            HttpEntity entity = response.getEntity();
            byte[] bytes = entity == null ? new byte[0] : EntityUtils.toByteArray(entity, MOST_BYTES);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Header header : response.getHeaders()) {
                headers.putIfAbsent(header.getName(), header.getValue());
            }
            return new Answer(response.getCode(), bytes, headers);
        }
    }

    /** What was answered instead of a token; it leads nowhere else. */
    private static ClassicHttpResponse response(TokenRefusedException refused) {
        Answer answer = refused.answer();
        ClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
        answer.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Location")
                    && !name.equalsIgnoreCase("Content-Length")
                    && !name.equalsIgnoreCase("Transfer-Encoding")) {
                response.addHeader(name, value);
            }
        });
        response.setHeader(TokenRefusedException.HEADER, refused.step());
        response.setEntity(new ByteArrayEntity(
                answer.bytes(), ContentType.parseLenient(answer.headers().get("Content-Type"))));
        return response;
    }
}
