package io.atmosfera.integration.http;

import com.atlassian.oai.validator.report.ValidationReport;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says in plain words, and field by field, what a validator of schemas says in its own. */
final class ContractText {

    private static final String REQUIRED = "is required";
    private static final String BODY = "body";
    private static final Pattern MISSING = Pattern.compile("\\[\"([^\\]]*)\"]");

    /** What the validator says, and the words for it; the first that fits. */
    private static final List<Map.Entry<Pattern, String>> WORDS = List.of(
            words("numeric instance is lower than the required minimum \\(minimum: (\\S+),.*", "must be at least $1"),
            words("numeric instance is not strictly greater than the required minimum (\\S+)", "must be above $1"),
            words("numeric instance is greater than the required maximum \\(maximum: (\\S+),.*", "must be at most $1"),
            words("numeric instance is not strictly lower than the required maximum (\\S+)", "must be below $1"),
            words("string .* is too short \\(length: \\d+, required minimum: 1\\)", "must not be empty"),
            words(
                    "string .* is too short \\(length: \\d+, required minimum: (\\d+)\\)",
                    "must have at least $1 characters"),
            words(
                    "string .* is too long \\(length: \\d+, maximum allowed: (\\d+)\\)",
                    "must have at most $1 characters"),
            words("array is too short: must have at least (\\d+) elements.*", "must have at least $1 items"),
            words("array is too long: must have at most (\\d+) elements.*", "must have at most $1 items"),
            words("array must not contain duplicate elements", "must not have the same item twice"),
            words(
                    "object has too (?:few|many) properties.*schema requires at (least|most) (\\d+)\\)",
                    "must have at $1 $2 properties"),
            words("ECMA 262 regex \"\\\\S\" does not match.*", "must not be blank"),
            words("ECMA 262 regex \"(.*)\" does not match input string .*", "must have the form $1"),
            words("instance value \\(.*\\) not found in enum \\(possible values: \\[(.*)]\\)", "must be one of $1"),
            words(
                    "instance type \\((.*)\\) does not match any allowed primitive type \\(allowed: \\[(.*)]\\)",
                    "must be of the type $2, not $1"),
            words(
                    "string .* is invalid against requested date format.*",
                    "must be a date and time as in 2026-11-30T12:00:00Z"),
            words("string .* is not a valid email address", "must be an e-mail address"),
            words("string .* is not a valid URI", "must be an address"),
            words("input string .* is not a valid UUID", "must be a UUID"),
            words(
                    ".*(?:did not match|failed to match|does not match) .*integer.*|.*overflow.*",
                    "must be a whole number in the range of its type"));

    private ContractText() {}

    private static Map.Entry<Pattern, String> words(String said, String meant) {
        return Map.entry(Pattern.compile(said, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), meant);
    }

    /** The fields that a message is about, and what would be right. */
    static List<Problem.FieldError> errors(ValidationReport.Message message) {
        String said = message.getMessage();
        String path = said.startsWith("[Path '") ? said.substring(7, said.indexOf("'] ")) : "";
        String text = said.startsWith("[Path '") ? said.substring(said.indexOf("'] ") + 3) : said;
        String field = path.replaceFirst("^/", "").replace('/', '.');
        var parameter = message.getContext().flatMap(ValidationReport.MessageContext::getParameter);
        if (parameter.isPresent()) {
            String meant = message.getKey().endsWith(".missing") ? REQUIRED : meant(text);
            return List.of(new Problem.FieldError(parameter.get().getName(), meant));
        }
        if (message.getKey().endsWith("body.missing")) {
            return List.of(new Problem.FieldError(BODY, REQUIRED));
        }
        Matcher missing = MISSING.matcher(text);
        if (message.getKey().endsWith(".required") && missing.find()) {
            return Stream.of(missing.group(1).split("\",\""))
                    .map(name -> new Problem.FieldError(field.isEmpty() ? name : field + "." + name, REQUIRED))
                    .toList();
        }
        return List.of(new Problem.FieldError(field.isEmpty() ? BODY : field, meant(text)));
    }

    private static String meant(String said) {
        return WORDS.stream()
                .map(words -> {
                    Matcher matcher = words.getKey().matcher(said.strip());
                    return matcher.matches() ? matcher.replaceFirst(words.getValue()) : "";
                })
                .filter(text -> !text.isEmpty())
                .map(text -> text.replace("\"", ""))
                .findFirst()
                .orElse("is not what the contract (/openapi.yaml) has here");
    }
}
