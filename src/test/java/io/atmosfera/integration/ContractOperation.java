package io.atmosfera.integration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.http.Contract;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the contract, for rules that hold for all of them, also for those that are added later.
 *
 * @param method     the HTTP method
 * @param path       with its parameters in braces
 * @param operation  what the contract says of it, references resolved
 */
public record ContractOperation(String method, String path, Operation operation) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every operation of the contract that a route answers. */
    public static Stream<ContractOperation> all() {
        return withDoors().filter(one -> one.extension("x-door").equals("null"));
    }

    /** Those, the receivers of webhooks and the WebSocket. */
    public static Stream<ContractOperation> withDoors() {
        return api().getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(one -> new ContractOperation(one.getKey().name(), path.getKey(), one.getValue())));
    }

    private static OpenAPI api() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser()
                .readLocation(Contract.LOCATION, null, options)
                .getOpenAPI();
    }

    public String id() {
        return operation.getOperationId();
    }

    private String extension(String name) {
        Map<String, Object> extensions = operation.getExtensions();
        return extensions == null ? "null" : String.valueOf(extensions.get(name));
    }

    /** The lowest role that may call it. */
    public String role() {
        return extension("x-role");
    }

    public List<Parameter> parameters() {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    /** Its path in a project; whatever else it names does not exist. */
    public String path(long project) {
        return path.replace("{projectId}", String.valueOf(project))
                .replace("{key}", "NONE-1")
                .replace("{source}", "nowhere")
                .replaceAll("\\{\\w+}", "999999999");
    }

    /** The body that the contract gives as an example, but to where nobody answers; null where it takes none. */
    public @Nullable String exampleBody() {
        if (operation.getRequestBody() == null) {
            return null;
        }
        Schema<?> schema =
                operation.getRequestBody().getContent().get("application/json").getSchema();
        ObjectNode body = JSON.valueToTree(schema.getExample());
        for (String address : List.of("jiraUrl", "apiUrl", "url")) {
            if (body.has(address) || address.equals("apiUrl") && body.has("repository")) {
                body.put(address, "http://127.0.0.1:9");
            }
        }
        return body.toString();
    }
}
