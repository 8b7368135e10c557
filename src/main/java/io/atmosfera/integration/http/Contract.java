package io.atmosfera.integration.http;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.atmosfera.integration.database.RequestScope;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.RestClientRequestValidator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;

/**
 * The contract ({@code openapi/integration-api.yaml}) at work: which role an operation needs, whether a request keeps to
 * it, and what of the request its route gets. Camel's own validator rebuilds its schemas for every request and answers
 * in plain text; this one is built once and answers with a {@link Problem}.
 */
@Component
public class Contract implements RestClientRequestValidator {

    public static final String LOCATION = "openapi/integration-api.yaml";

    private static final String NO_NUL = "must not contain the character NUL";

    /** Marks what takes as long as there are rows, and is done whether somebody waits for it or not. */
    private static final String TAKES_LONG = "x-takes-long";

    private static final String CHECKED = "PlatformChecked";

    private final OpenApiInteractionValidator validator;
    private final List<ContractOperation> operations;
    private final KnownNames names;
    private final ContractTypes types;
    private final Problems problems;

    private record Checked(@Nullable ValidationError error) {}

    Contract(Problems problems) {
        this.problems = problems;
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        OpenAPI api =
                new OpenAPIV3Parser().readLocation(LOCATION, null, options).getOpenAPI();
        this.operations = operations(api);
        this.names = new KnownNames(api);
        this.types = new ContractTypes(api);
        this.validator = OpenApiInteractionValidator.createFor(api)
                .withLevelResolver(LevelResolver.create()
                        // Who may call is decided before, from the same document (x-role).
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                        // Unknown names are found by KnownNames, which also says what may have been meant.
                        .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.IGNORE)
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    private static List<ContractOperation> operations(OpenAPI api) {
        List<ContractOperation> all = new ArrayList<>();
        api.getPaths().forEach((path, item) -> item.readOperationsMap().entrySet().stream()
                .filter(one -> !hasDoorOfItsOwn(one.getValue()))
                .forEach(one -> all.add(ContractOperation.of(path, item, one.getKey(), one.getValue()))));
        // The most specific first, so that /tickets/export is not taken for /tickets/{key}.
        all.sort(Comparator.comparing(ContractOperation::path));
        return List.copyOf(all);
    }

    /** The receivers of webhooks and the WebSocket: described in the contract, but no route of the front door. */
    private static boolean hasDoorOfItsOwn(Operation operation) {
        return operation.getExtensions() != null
                && Boolean.TRUE.equals(operation.getExtensions().get("x-door"));
    }

    /** The lowest role that may make this request; empty where the contract has no such operation. */
    public Optional<String> requiredRole(String method, String path) {
        return operation(method, path).map(ContractOperation::role);
    }

    /** The operation's id, which is the name of the route behind it; empty where the contract has no such operation. */
    public Optional<String> operationId(String method, String path) {
        return operation(method, path).map(ContractOperation::id);
    }

    /** What the body of this request may be sent as; nothing where the contract has no such operation. */
    public Set<String> mediaTypes(String method, String path) {
        return operation(method, path).map(ContractOperation::mediaTypes).orElse(Set.of());
    }

    /** The methods that the contract has for this path; none where it does not know the path. */
    public Set<String> methods(String path) {
        return matching(path).map(ContractOperation::method).collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<ContractOperation> operation(String method, String path) {
        return matching(path)
                .filter(operation -> operation.method().equals(method))
                .findFirst();
    }

    private Stream<ContractOperation> matching(String path) {
        PathContainer container = PathContainer.parsePath(path);
        return operations.stream().filter(operation -> operation.matches(container));
    }

    @Override
    public @Nullable ValidationError validate(Exchange exchange, ValidationContext context) {
        if (exchange.getProperty(CHECKED) instanceof Checked before) {
            // After somebody has stopped and started the route, Camel would check the answer and do it all once more.
            exchange.setRouteStop(true);
            return before.error();
        }
        ValidationError error = check(exchange);
        exchange.setProperty(CHECKED, new Checked(error));
        return error;
    }

    private @Nullable ValidationError check(Exchange exchange) {
        CallerHeaders.restore(exchange);
        Message message = exchange.getMessage();
        String address = message.getHeader(Exchange.HTTP_URI, String.class);
        Problem problem = operation(message.getHeader(Exchange.HTTP_METHOD, String.class), address)
                .map(operation -> enter(operation, exchange, PathContainer.parsePath(address)))
                .orElse(null);
        if (problem == null) {
            return null;
        }
        message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return new ValidationError(problem.status(), problems.json(problem));
    }

    /**
     * Gives the route what the contract has of the request: its body, its query and the variables of its path, decoded and
     * in the types of the contract.
     */
    private @Nullable Problem enter(ContractOperation operation, Exchange exchange, PathContainer address) {
        Message message = exchange.getMessage();
        try {
            String given = message.getBody(String.class);
            String body = given == null ? "" : given;
            Map<String, List<String>> query = QueryParameters.parse(
                            message.getHeader(Exchange.HTTP_QUERY, String.class))
                    .all();
            List<Problem.FieldError> errors = errors(operation, message, query, body);
            if (errors.isEmpty()) {
                errors = typed(operation, exchange, query, operation.variables(address), body);
            }
            if (!errors.isEmpty()) {
                return Problem.invalid(errors);
            }
            message.setBody(operation.body() == null || body.isEmpty() ? null : body);
        } catch (ProblemException e) {
            return e.problem();
        }
        // An answer must not be of the type that was sent.
        message.removeHeader(Exchange.CONTENT_TYPE);
        if (Boolean.TRUE.equals(operation.model().getExtensions().get(TAKES_LONG))) {
            RequestScope.leave();
        }
        return null;
    }

    /** Sets the values in their types; what is wrong where one of them is none of its type. */
    private List<Problem.FieldError> typed(
            ContractOperation operation,
            Exchange exchange,
            Map<String, List<String>> query,
            Map<String, String> variables,
            String body) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        List<Problem.FieldError> errors = new ArrayList<>();
        List<Parameter> parameters = operation.model().getParameters();
        for (Parameter parameter : parameters == null ? List.<Parameter>of() : parameters) {
            String name = parameter.getName();
            String inside = parameter.getIn().equals("path") ? variables.get(name) : null;
            List<String> texts = inside == null ? query.getOrDefault(name, List.of()) : List.of(inside);
            try {
                List<Object> typed = new ArrayList<>();
                for (String text : texts) {
                    typed.add(types.value(parameter.getSchema(), text));
                }
                if (!typed.isEmpty()) {
                    exchange.getMessage().setHeader(name, typed.get(0));
                    if (inside == null) {
                        values.put(name, typed);
                    }
                }
            } catch (ContractTypes.UnfitException unfit) {
                errors.add(new Problem.FieldError(name, String.valueOf(unfit.getMessage())));
            }
        }
        if (operation.body() != null && !body.isEmpty()) {
            types.check(operation.body(), JsonDocument.read(body), "", errors);
        }
        exchange.setVariable(RequestValues.VARIABLE, new RequestValues(values));
        return errors;
    }

    private List<Problem.FieldError> errors(
            ContractOperation operation, Message message, Map<String, List<String>> query, String body) {
        var errors = new LinkedHashSet<Problem.FieldError>();
        var request = new SimpleRequest.Builder(
                operation.method(), message.getHeader(Exchange.HTTP_PATH, String.class), true);
        errors.addAll(names.unknown(operation, query.keySet()));
        query.forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                errors.add(new Problem.FieldError(name, NO_NUL));
            }
            request.withQueryParam(name, values);
        });
        if (!body.isEmpty()) {
            errors.addAll(names.unknown(operation, JsonDocument.read(body)));
        }
        if (errors.isEmpty()) {
            if (operation.body() != null && !body.isEmpty()) {
                request.withContentType(operation.mediaTypes().iterator().next())
                        .withBody(body);
            }
            for (ValidationReport.Message said :
                    validator.validateRequest(request.build()).getMessages()) {
                if (said.getLevel() == ValidationReport.Level.ERROR) {
                    errors.addAll(ContractText.errors(said));
                }
            }
        }
        return List.copyOf(errors);
    }
}
