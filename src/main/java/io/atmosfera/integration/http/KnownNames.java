package io.atmosfera.integration.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds names in a request that the contract does not know: a misspelt one would pass without effect and without a word. */
class KnownNames {

    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, Schema<?>> schemas = new TreeMap<>();

    KnownNames(OpenAPI api) {
        if (api.getComponents() != null && api.getComponents().getSchemas() != null) {
            api.getComponents().getSchemas().forEach(schemas::put);
        }
    }

    /** The query parameters that an operation does not have. */
    List<Problem.FieldError> unknown(ContractOperation operation, Collection<String> parameters) {
        return parameters.stream()
                .filter(name -> !operation.parameters().contains(name))
                .map(name -> new Problem.FieldError(
                        name, "is no query parameter of this operation" + hint(name, operation.parameters())))
                .toList();
    }

    /** The properties, at any depth, that the body of an operation does not have. */
    List<Problem.FieldError> unknown(ContractOperation operation, JsonNode body) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Schema<?> schema = operation.body();
        if (schema != null) {
            look(schema, body, "", errors);
        } else if (!body.isObject()) {
            errors.add(new Problem.FieldError("body", "must be empty or {}: this operation takes nothing"));
        } else {
            body.fieldNames()
                    .forEachRemaining(name -> errors.add(
                            new Problem.FieldError(name, "is no property here: this operation takes nothing")));
        }
        return errors;
    }

    private void look(Schema<?> schema, JsonNode value, String path, List<Problem.FieldError> errors) {
        Shape shape = shape(schema);
        if (value.isArray()) {
            Schema<?> items = shape.items;
            for (int i = 0; items != null && i < value.size(); i++) {
                look(items, value.get(i), join(path, String.valueOf(i)), errors);
            }
        } else if (value.isObject()) {
            value.properties().forEach(property -> {
                String name = property.getKey();
                Schema<?> known = shape.properties.getOrDefault(name, shape.others);
                if (known != null) {
                    look(known, property.getValue(), join(path, name), errors);
                } else if (!shape.free) {
                    errors.add(new Problem.FieldError(
                            join(path, name), "is no property here" + hint(name, shape.properties.keySet())));
                }
            });
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String hint(String name, Collection<String> known) {
        return Nearest.to(name, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElseGet(() -> known.isEmpty() ? "" : "; known are " + String.join(", ", known));
    }

    /** What an object may have: all that the schemas it is made of allow. */
    private static final class Shape {
        private final Map<String, Schema<?>> properties = new LinkedHashMap<>();
        private @Nullable Schema<?> others;
        private @Nullable Schema<?> items;
        private boolean free;
    }

    private Shape shape(Schema<?> schema) {
        Shape shape = new Shape();
        gather(schema, shape);
        // A schema that names nothing is a map with free names.
        shape.free |= shape.properties.isEmpty() && shape.others == null;
        return shape;
    }

    @SuppressWarnings("rawtypes") // The library declares its lists so.
    private void gather(Schema<?> schema, Shape shape) {
        String reference = schema.get$ref();
        if (reference != null) {
            Schema<?> target = schemas.get(reference.replace(REFERENCE, ""));
            if (target != null) {
                gather(target, shape);
            }
            return;
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach(shape.properties::put);
        }
        if (schema.getItems() != null) {
            shape.items = schema.getItems();
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> others) {
            shape.others = others;
        } else if (Boolean.TRUE.equals(schema.getAdditionalProperties())) {
            shape.free = true;
        }
        Stream.of(schema.getAllOf(), schema.getOneOf(), schema.getAnyOf()).forEach(parts -> {
            if (parts != null) {
                parts.forEach(part -> gather(part, shape));
            }
        });
    }
}
