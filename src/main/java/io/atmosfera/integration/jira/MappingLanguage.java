package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeComparator;
import net.thisptr.jackson.jq.path.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * jq 1.6 with the platform's functions, the same for the routes' mapping and for the expressions of a project. A
 * project's expressions are somebody's input: what reads the process's environment or may run for ever is left out, and
 * the rest runs within an {@link ExpressionBudget}.
 */
@Component
class MappingLanguage implements CamelContextConfiguration {

    private static final String FUNCTIONS = "routes/jira/functions.jq";

    private static final Set<String> NOT_FOR_INPUT = Set.of(
            "env",
            "input",
            "inputs",
            "debug",
            "stderr",
            "input_filename",
            "input_line_number",
            "halt",
            "halt_error",
            "range",
            "while",
            "until",
            "repeat",
            "recurse",
            "recurse_down",
            "combinations",
            "limit",
            "now",
            "get_search_list",
            "modulemeta",
            "builtins",
            "transpose",
            "setpath");

    private final Scope projectScope = newProjectScope();

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        JqLanguage language = (JqLanguage) camel.resolveLanguage("jq");
        language.init();
        addPlatformFunctions(language.getRootScope());
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // Nothing: the functions are there before the first route.
    }

    /** The functions that the expressions of a project may use. */
    Scope projectScope() {
        return projectScope;
    }

    private static Scope newProjectScope() {
        Scope all = Scope.newEmptyScope();
        Scope allowed = Scope.newEmptyScope();
        Map<String, Function> functions =
                new HashMap<>(BuiltinFunctionLoader.getInstance().listFunctions(Versions.JQ_1_6, all));
        functions.put("_match_impl/3", MappingRegex.MATCH);
        functions.put("_sub_impl/3", MappingRegex.SUB);
        functions.put("splits/2", MappingRegex.SPLITS);
        functions.computeIfPresent("join/1", (signature, join) -> boundedJoin(join));
        functions.forEach((signature, function) -> {
            String name = signature.replaceFirst("/\\d+$", "");
            // A leading underscore marks what the others are built of.
            if (!NOT_FOR_INPUT.contains(name) && !name.startsWith("_") && !name.startsWith("debug")) {
                allowed.addFunction(signature, function);
            }
            all.addFunction(signature, function);
        });
        addPlatformFunctions(allowed);
        return allowed;
    }

    /** A separator comes once for each member: that may be long before there is anything to look at. */
    private static Function boundedJoin(Function join) {
        return (scope, arguments, in, path, output, version) -> arguments.get(0).apply(scope, in, separator -> {
            ExpressionBudget.current()
                    .checkLength((long) in.size() * separator.asText().length());
            join.apply(scope, List.of(constant(separator)), in, path, output, version);
        });
    }

    private static Expression constant(JsonNode value) {
        return (scope, in, path, output, requirePath) -> output.emit(value, null);
    }

    private static void addPlatformFunctions(Scope scope) {
        scope.addFunction("adf_to_text", 0, of(node -> text(node.isNull() ? null : AdfText.of(node))));
        scope.addFunction("to_datetime", 0, of(node -> text(node.isNull() ? null : JiraTime.iso(node.asText()))));
        scope.addFunction("to_date", 0, of(MappingLanguage::day));
        // jq's own, but not by way of groups: each issue has two lists that are sorted for their hash.
        scope.addFunction("unique", 0, MappingLanguage::unique);
        try {
            // Definitions stay in the scope in which they are evaluated; the dot is there to have something to
            // evaluate.
            String source = new ClassPathResource(FUNCTIONS).getContentAsString(StandardCharsets.UTF_8);
            for (String definition : source.split("(?m)^(?=def )")) {
                define(scope, definition);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void define(Scope scope, String definition) {
        if (!definition.startsWith("def ")) {
            return;
        }
        String code = definition.replaceAll("(?m)^#.*$", "").strip();
        int colon = code.indexOf(':');
        String head = code.substring("def ".length(), colon).strip();
        String body = code.substring(colon + 1, code.lastIndexOf(';')).strip();
        int open = head.indexOf('(');
        String name = open < 0 ? head : head.substring(0, open);
        List<String> parameters = open < 0
                ? List.of()
                : List.of(head.substring(open + 1, head.lastIndexOf(')')).split("\\s*;\\s*"));
        try {
            scope.addFunction(name, parameters.size(), defined(body, parameters));
        } catch (JsonQueryException e) {
            throw new IllegalStateException(FUNCTIONS + " does not parse at " + name, e);
        }
    }

    /** A function with value parameters ({@code $name}) whose body is evaluated in the scope of its definition. */
    private static Function defined(String body, List<String> parameters) throws JsonQueryException {
        JsonQuery query = JsonQuery.compile(body, Versions.JQ_1_6);
        return new Function() {
            @Override
            public void apply(
                    Scope scope,
                    List<Expression> arguments,
                    JsonNode in,
                    @Nullable Path path,
                    PathOutput output,
                    Version version)
                    throws JsonQueryException {
                bind(Scope.newChildScope(scope), 0, arguments, in, scope, output);
            }

            private void bind(
                    Scope inner, int at, List<Expression> arguments, JsonNode in, Scope outer, PathOutput output)
                    throws JsonQueryException {
                if (at == arguments.size()) {
                    query.apply(inner, in, result -> output.emit(result, null));
                    return;
                }
                arguments.get(at).apply(outer, in, value -> {
                    Scope next = Scope.newChildScope(inner);
                    next.setValue(parameters.get(at).substring(1), value);
                    bind(next, at + 1, arguments, in, outer, output);
                });
            }
        };
    }

    private static void unique(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            @Nullable Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        if (!in.isArray()) {
            throw new JsonQueryException("Only the members of an array can be unique.");
        }
        Set<JsonNode> members = new TreeSet<>(JsonNodeComparator.getInstance());
        in.forEach(members::add);
        output.emit(new ArrayNode(JsonNodeFactory.instance, new ArrayList<>(members)), null);
    }

    private static Function of(UnaryOperator<JsonNode> operator) {
        return (scope, arguments, in, path, output, version) -> output.emit(operator.apply(in), null);
    }

    private static JsonNode day(JsonNode node) {
        String day = node.isNull() ? "" : JiraTime.day(node.asText());
        return text(day.isEmpty() ? null : day);
    }

    private static JsonNode text(@Nullable String text) {
        return text == null ? NullNode.getInstance() : TextNode.valueOf(text);
    }
}
