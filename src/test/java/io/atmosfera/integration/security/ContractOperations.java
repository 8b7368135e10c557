package io.atmosfera.integration.security;

import io.atmosfera.integration.http.Contract;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.List;

/** Every operation of the contract, with an address that leads to nothing there is. */
record ContractOperations(String method, String path, String role) {

    static List<ContractOperations> all() {
        return new OpenAPIV3Parser()
                .read(Contract.LOCATION).getPaths().entrySet().stream()
                        .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                                // Webhooks and the WebSocket have doors of their own.
                                .filter(operation -> operation.getValue().getExtensions() == null
                                        || !operation.getValue().getExtensions().containsKey("x-door"))
                                .map(operation -> new ContractOperations(
                                        operation.getKey().name(),
                                        path.getKey().replace("{key}", "NONE-1").replaceAll("\\{\\w+}", "999999999"),
                                        String.valueOf(operation
                                                .getValue()
                                                .getExtensions()
                                                .get("x-role")))))
                        .toList();
    }

    /** Whether the contract itself keeps from trying it: it ends what other tests need. */
    boolean isHarmless() {
        return !path.contains("encryption-keys");
    }
}
