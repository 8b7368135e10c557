package io.atmosfera.integration.http;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.atmosfera.integration.database.RequestScope;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.MessageHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The contract ({@code openapi/integration-api.yaml}) at work: which role an operation needs, and whether a request
 * keeps to it. Camel's own validator builds its schemas anew for every request and answers in plain text; this one is
 * built once and answers with a {@link Problem}.
 */
@Component
public class Contract implements RestClientRequestValidator {

    public static final String LOCATION = "openapi/integration-api.yaml";

    /** Marks what takes as long as there are rows, and is done whether somebody waits for it or not. */
    private static final String TAKES_LONG = "x-takes-long";

    private static final Pattern QUOTED_FIELD =
            Pattern.compile("(?:properties|property|field)[^\\[\"']*\\[?[\"']([^\"']+)[\"']");

    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");
    private static final String NO_NUL = "must not contain the character NUL";

    private final OpenApiInteractionValidator validator;
    private final List<Endpoint> endpoints;
    private final ContractTypes types;
    private final Problems problems;

    private record Endpoint(String method, PathPattern path, String role, Operation operation) {}

    Contract(Problems problems) {
        this.problems = problems;
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        OpenAPI api =
                new OpenAPIV3Parser().readLocation(LOCATION, null, options).getOpenAPI();
        this.endpoints = endpoints(api);
        this.types = new ContractTypes(api);
        this.validator = OpenApiInteractionValidator.createFor(api)
                .withLevelResolver(LevelResolver.create()
                        // Who may call is decided before, from the same document (x-role).
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                        .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.IGNORE)
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    private static List<Endpoint> endpoints(OpenAPI api) {
        List<Endpoint> all = new ArrayList<>();
        api.getPaths().forEach((path, item) -> item.readOperationsMap().entrySet().stream()
                .filter(one -> !hasDoorOfItsOwn(one.getValue()))
                .forEach(one -> all.add(new Endpoint(
                        one.getKey().name(),
                        PathPatternParser.defaultInstance.parse(path),
                        role(path, one.getValue()),
                        one.getValue()))));
        // The most specific first, so that /tickets/export is not taken for /tickets/{key}.
        all.sort(Comparator.comparing(Endpoint::path));
        return List.copyOf(all);
    }

    /** The receivers of webhooks and the WebSocket: described in the contract, but no route of the front door. */
    private static boolean hasDoorOfItsOwn(Operation operation) {
        return operation.getExtensions() != null
                && Boolean.TRUE.equals(operation.getExtensions().get("x-door"));
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

    /** The lowest role that may make this request; empty where the contract has no such operation. */
    public Optional<String> requiredRole(String method, String path) {
        return endpoint(method, path).map(Endpoint::role);
    }

    private Optional<Endpoint> endpoint(String method, String path) {
        PathContainer container = PathContainer.parsePath(path);
        return endpoints.stream()
                .filter(endpoint ->
                        endpoint.method().equals(method) && endpoint.path().matches(container))
                .findFirst();
    }

    /** The methods that the contract has for this path; none where it does not know the path. */
    public Set<String> methods(String path) {
        PathContainer container = PathContainer.parsePath(path);
        return endpoints.stream()
                .filter(endpoint -> endpoint.path().matches(container))
                .map(Endpoint::method)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public @Nullable ValidationError validate(Exchange exchange, ValidationContext context) {
        CallerHeaders.restore(exchange);
        Problem problem = check(exchange);
        if (problem == null) {
            return null;
        }
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return new ValidationError(problem.status(), problems.json(problem));
    }

    private @Nullable Problem check(Exchange exchange) {
        var message = exchange.getMessage();
        var request = new SimpleRequest.Builder(
                message.getHeader(Exchange.HTTP_METHOD, String.class),
                message.getHeader(Exchange.HTTP_PATH, String.class),
                true);
        String contentType = ExchangeHelper.getContentType(exchange);
        String body = MessageHelper.extractBodyAsString(message);
        if (body != null && !body.isEmpty()) {
            request.withContentType(contentType == null ? "application/json" : contentType)
                    .withBody(body);
        }
        QueryParameters query = QueryParameters.parse(message.getHeader(Exchange.HTTP_QUERY, String.class));
        for (var parameter : query.all().entrySet()) {
            if (parameter.getValue().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                return Problem.invalid(List.of(new Problem.FieldError(parameter.getKey(), NO_NUL)));
            }
            request.withQueryParam(parameter.getKey(), parameter.getValue());
        }
        if (body != null && ESCAPED_NUL.matcher(body).find()) {
            return Problem.invalid(List.of(new Problem.FieldError("body", NO_NUL)));
        }
        ValidationReport report = validator.validateRequest(request.build());
        return report.hasErrors() ? problem(report) : readInto(exchange, query, body);
    }

    /** Gives the routes the request's values in the types of the contract; a problem where one of them is none of its type. */
    private @Nullable Problem readInto(Exchange exchange, QueryParameters query, @Nullable String body) {
        var message = exchange.getMessage();
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        Endpoint endpoint = endpoint(message.getHeader(Exchange.HTTP_METHOD, String.class), path)
                .orElseThrow();
        if (Boolean.TRUE.equals(endpoint.operation().getExtensions().get(TAKES_LONG))) {
            RequestScope.leave();
        }
        var found = endpoint.path().matchAndExtract(PathContainer.parsePath(path));
        Map<String, List<Object>> values = new LinkedHashMap<>();
        List<Problem.FieldError> errors = new ArrayList<>();
        List<Parameter> parameters = endpoint.operation().getParameters();
        for (Parameter parameter : parameters == null ? List.<Parameter>of() : parameters) {
            String name = parameter.getName();
            boolean inPath = parameter.getIn().equals("path");
            String inside = inPath && found != null ? found.getUriVariables().get(name) : null;
            List<String> texts = inside == null ? query.all().getOrDefault(name, List.of()) : List.of(inside);
            try {
                List<Object> typed = new ArrayList<>();
                for (String text : texts) {
                    typed.add(types.value(parameter.getSchema(), text));
                }
                if (!typed.isEmpty()) {
                    message.setHeader(name, typed.get(0));
                    if (!inPath) {
                        values.put(name, typed);
                    }
                }
            } catch (ContractTypes.UnfitException unfit) {
                errors.add(new Problem.FieldError(name, String.valueOf(unfit.getMessage())));
            }
        }
        Schema<?> schema = ContractTypes.ofBody(endpoint.operation());
        if (schema != null && body != null && !body.isEmpty()) {
            types.check(schema, problems.read(body), "", errors);
        }
        exchange.setVariable(RequestValues.VARIABLE, new RequestValues(values));
        return errors.isEmpty() ? null : Problem.invalid(errors);
    }

    private static Problem problem(ValidationReport report) {
        for (ValidationReport.Message message : report.getMessages()) {
            if (message.getKey().startsWith("validation.request.contentType")) {
                return Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be sent as application/json.");
            }
        }
        var errors = new LinkedHashSet<Problem.FieldError>();
        for (ValidationReport.Message message : report.getMessages()) {
            if (message.getLevel() == ValidationReport.Level.ERROR) {
                errors.add(new Problem.FieldError(field(message), text(message)));
            }
        }
        return Problem.invalid(List.copyOf(errors));
    }

    private static String text(ValidationReport.Message message) {
        String text = message.getMessage();
        int path = text.startsWith("[Path '") ? text.indexOf("'] ") : -1;
        return path < 0 ? text : text.substring(path + 3);
    }

    private static String field(ValidationReport.Message message) {
        String text = message.getMessage();
        var context = message.getContext();
        if (context.isPresent() && context.get().getParameter().isPresent()) {
            return context.get().getParameter().get().getName();
        }
        String path = text.startsWith("[Path '") ? text.substring(7, text.indexOf("'] ")) : "";
        String field = path.replaceFirst("^/", "").replace('/', '.');
        if (message.getKey().endsWith(".required")) {
            Matcher missing = QUOTED_FIELD.matcher(text);
            if (missing.find()) {
                return field.isEmpty() ? missing.group(1) : field + "." + missing.group(1);
            }
        }
        return field.isEmpty() ? "body" : field;
    }
}
