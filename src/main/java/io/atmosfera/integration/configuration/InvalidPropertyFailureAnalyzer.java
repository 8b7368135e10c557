package io.atmosfera.integration.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says which property of the platform has which wrong value, and what would be right; Boot's own words name classes. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final String OURS = "platform";
    private static final String ACTION =
            "Correct the value where it is set: an environment variable, an application.yaml beside the jar, or an argument.";

    private static final Pattern NAMES_COMPONENT = Pattern.compile("[a-z]+(-[a-z]+)* must ");

    private static final Map<String, String> KINDS = Map.of(
            "int", "a whole number",
            "Integer", "a whole number",
            "long", "a whole number",
            "Long", "a whole number",
            "double", "a number",
            "boolean", "true or false",
            "Boolean", "true or false",
            "DataSize", "a size such as 1MB",
            "Duration", "a duration such as 30s");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, BindException cause) {
        if (!cause.getName().toString().startsWith(OURS)) {
            return null;
        }
        BindValidationException invalid = findCause(cause, BindValidationException.class);
        List<String> complaints =
                invalid == null ? List.of(complaint(cause)) : complaints(invalid.getValidationErrors());
        return new FailureAnalysis(String.join(System.lineSeparator(), complaints), ACTION, cause);
    }

    private static List<String> complaints(ValidationErrors errors) {
        return errors.getAllErrors().stream()
                .map(error -> complaint(errors.getName(), error))
                .collect(Collectors.toList());
    }

    private static String complaint(ConfigurationPropertyName prefix, ObjectError error) {
        if (error instanceof FieldError field) {
            return says(prefix + "." + dashed(field.getField()), field.getRejectedValue(), field.getDefaultMessage());
        }
        return says(prefix.toString(), null, error.getDefaultMessage());
    }

    private static String complaint(BindException failure) {
        String name = failure.getName().toString();
        Object value =
                failure.getProperty() == null ? null : failure.getProperty().getValue();
        ConversionFailedException conversion = findIn(failure);
        if (conversion != null) {
            String type = conversion.getTargetType().getType().getSimpleName();
            Throwable reason = conversion.getCause();
            String kind = KINDS.get(type);
            String message = kind != null ? "must be " + kind : reason == null ? null : reason.getMessage();
            return says(name, value, message);
        }
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String message = String.valueOf(last.getMessage());
        // A record's constructor names the component itself: "max-payload-size must be …".
        return failure.getProperty() == null && NAMES_COMPONENT.matcher(message).lookingAt()
                ? "The property " + name + "." + message + "."
                : says(name, value, message);
    }

    private static @Nullable ConversionFailedException findIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion) {
                return conversion;
            }
        }
        return null;
    }

    private static String says(String property, @Nullable Object value, @Nullable String message) {
        String given = value == null ? "" : " is '" + value + "' and";
        return "The property " + property + given + " " + (message == null ? "is not valid" : message) + ".";
    }

    private static String dashed(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
