package io.atmosfera.integration.http;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * One operation of the contract.
 *
 * @param id         its operationId, which is the name of the route behind it
 * @param method     in capitals
 * @param path       the form of its address
 * @param role       the lowest role that may call it
 * @param parameters the names of its query parameters
 * @param mediaTypes what its body may be sent as
 * @param body       what its body is; null where it takes none
 * @param model      as it stands in the contract
 */
record ContractOperation(
        String id,
        String method,
        PathPattern path,
        String role,
        Set<String> parameters,
        Set<String> mediaTypes,
        @Nullable Schema<?> body,
        Operation model) {

    private static final Set<String> JSON = Set.of("application/json");

    static ContractOperation of(String path, PathItem item, PathItem.HttpMethod method, Operation operation) {
        Set<String> parameters = Stream.of(item.getParameters(), operation.getParameters())
                .flatMap(list -> list == null ? Stream.<Parameter>empty() : list.stream())
                .filter(parameter -> "query".equals(parameter.getIn()))
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        var content = operation.getRequestBody() == null
                ? null
                : operation.getRequestBody().getContent();
        return new ContractOperation(
                operation.getOperationId(),
                method.name(),
                PathPatternParser.defaultInstance.parse(path),
                role(path, operation),
                parameters,
                content == null ? JSON : Set.copyOf(content.keySet()),
                content == null ? null : content.values().iterator().next().getSchema(),
                operation);
    }

    private static String role(String path, Operation operation) {
        Object role = operation.getExtensions() == null
                ? null
                : operation.getExtensions().get("x-role");
        if (role == null) {
            throw new IllegalStateException(
                    "The contract names no x-role for " + path + " " + operation.getOperationId());
        }
        return role.toString();
    }

    boolean matches(PathContainer address) {
        return path.matches(address);
    }

    /** The variables of an address that matches, percent-decoded. */
    Map<String, String> variables(PathContainer address) {
        var match = path.matchAndExtract(address);
        return match == null ? Map.of() : match.getUriVariables();
    }
}
