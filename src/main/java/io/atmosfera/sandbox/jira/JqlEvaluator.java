package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.sandbox.jira.Jql.And;
import io.atmosfera.sandbox.jira.Jql.Clause;
import io.atmosfera.sandbox.jira.Jql.Not;
import io.atmosfera.sandbox.jira.Jql.Operand;
import io.atmosfera.sandbox.jira.Jql.Or;
import io.atmosfera.sandbox.jira.Jql.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a parsed query into a test for issues. Fields and values that do not exist are refused here, before any issue
 * is looked at, as Jira does.
 *
 * @param strict whether unknown issue keys and names are an error; Data Center's {@code validateQuery=false} lets them pass
 */
record JqlEvaluator(Catalog catalog, IssueStore store, JqlDates dates, boolean strict) {

    private static final Set<String> TEXT = Set.of("summary", "description", "text");
    private static final Set<String> DATES = Set.of("created", "updated", "duedate", "resolutiondate");

    Predicate<StoredIssue> predicate(@Nullable Clause clause) {
        if (clause == null) {
            return issue -> true;
        }
        if (clause instanceof And and) {
            return predicate(and.left()).and(predicate(and.right()));
        }
        if (clause instanceof Or or) {
            return predicate(or.left()).or(predicate(or.right()));
        }
        if (clause instanceof Not not) {
            return predicate(not.clause()).negate();
        }
        return term((Term) clause);
    }

    private Predicate<StoredIssue> term(Term term) {
        String field = JqlFields.canonical(term.field());
        if (isAboutEmptiness(term)) {
            boolean wanted = term.operator().equals("is") || term.operator().equals("=");
            return issue -> isEmpty(issue, field) == wanted;
        }
        return switch (term.operator()) {
            case "=", "in" -> equality(term, field);
            case "!=", "not in" -> equality(term, field).negate().and(issue -> !isEmpty(issue, field));
            case "~", "!~" -> contains(term, field);
            case "<", "<=", ">", ">=" -> field.equals("key") ? keyComparison(term) : dateComparison(term, field);
            default -> throw unsupported(term);
        };
    }

    private static boolean isAboutEmptiness(Term term) {
        Operand operand = term.operands().get(0);
        boolean unresolved =
                term.field().equalsIgnoreCase("resolution") && operand.text().equalsIgnoreCase("Unresolved");
        boolean empty = operand.empty() || unresolved;
        if (term.operator().startsWith("is") && !empty) {
            throw unsupported(term);
        }
        return empty && term.operands().size() == 1 && !term.operator().endsWith("in");
    }

    private static boolean isEmpty(StoredIssue issue, String field) {
        if (field.equals("key")) {
            return false;
        }
        return TEXT.contains(field)
                ? JqlFields.text(issue, field).isBlank()
                : JqlFields.values(issue, field).isEmpty();
    }

    private Predicate<StoredIssue> equality(Term term, String field) {
        if (TEXT.contains(field) || DATES.contains(field)) {
            throw unsupported(term);
        }
        if (field.equals("key")) {
            List<Long> ids = ids(term);
            return issue -> ids.contains(issue.id());
        }
        List<Predicate<StoredIssue>> tests = new ArrayList<>();
        for (Operand operand : term.operands()) {
            tests.add(operand.empty() ? issue -> isEmpty(issue, field) : equality(term, field, operand));
        }
        return issue -> tests.stream().anyMatch(test -> test.test(issue));
    }

    private Predicate<StoredIssue> equality(Term term, String field, Operand operand) {
        if (field.equals("project")) {
            String key = catalog.project(operand.text())
                    .map(project -> project.path("key").asText())
                    .or(() -> tolerated("?"))
                    .orElseThrow(() -> noSuchValue(term, operand));
            return issue -> issue.projectKey().equals(key);
        }
        if (field.equals("parent")) {
            String id = store.find(operand.text())
                    .map(parent -> String.valueOf(parent.id()))
                    .or(() -> tolerated("?"))
                    .orElseThrow(() -> noSuchIssue(term, operand));
            return issue -> JqlFields.values(issue, field).stream()
                    .anyMatch(value -> JqlFields.isCalled(value, id) || JqlFields.isCalled(value, operand.text()));
        }
        Catalog.Kind kind = kind(field);
        if (kind != null && catalog.find(kind, operand.text()).isEmpty() && strict) {
            throw noSuchValue(term, operand);
        }
        return issue ->
                JqlFields.values(issue, field).stream().anyMatch(value -> JqlFields.isCalled(value, operand.text()));
    }

    private static Catalog.@Nullable Kind kind(String field) {
        return switch (field) {
            case "status" -> Catalog.Kind.STATUS;
            case "priority" -> Catalog.Kind.PRIORITY;
            case "issuetype" -> Catalog.Kind.ISSUE_TYPE;
            case "resolution" -> Catalog.Kind.RESOLUTION;
            default -> null;
        };
    }

    private List<Long> ids(Term term) {
        List<Long> ids = new ArrayList<>();
        for (Operand operand : term.operands()) {
            Optional<StoredIssue> issue = store.find(operand.text());
            if (issue.isEmpty() && strict) {
                throw noSuchIssue(term, operand);
            }
            issue.ifPresent(found -> ids.add(found.id()));
        }
        return ids;
    }

    /** Jira compares the numbers of the keys inside the project of the issue that is named, even where an id is named. */
    private Predicate<StoredIssue> keyComparison(Term term) {
        Operand operand = term.operands().get(0);
        Optional<StoredIssue> found = store.find(operand.text());
        if (found.isEmpty() && strict) {
            throw noSuchIssue(term, operand);
        }
        BiPredicate<Integer, Integer> comparison = comparison(term.operator());
        return found.<Predicate<StoredIssue>>map(
                        limit -> issue -> issue.projectKey().equals(limit.projectKey())
                                && comparison.test(issue.number(), limit.number()))
                .orElse(issue -> false);
    }

    private Predicate<StoredIssue> dateComparison(Term term, String field) {
        if (!DATES.contains(field)) {
            throw unsupported(term);
        }
        Instant limit = dates.read(term.field(), term.operands().get(0));
        BiPredicate<Instant, Instant> comparison = comparison(term.operator());
        return issue -> {
            Instant value =
                    switch (field) {
                        case "created" -> issue.created();
                        case "updated" -> issue.updated();
                        case "resolutiondate" ->
                            JiraTime.parse(issue.fields().path(field).asText(null));
                        default -> day(issue.fields().path(field));
                    };
            return value != null && comparison.test(value, limit);
        };
    }

    private @Nullable Instant day(JsonNode date) {
        return date.asText().matches("\\d{4}-\\d{2}-\\d{2}")
                ? dates.read("duedate", new Operand(date.asText(), true, false))
                : null;
    }

    private static <T extends Comparable<T>> BiPredicate<T, T> comparison(String operator) {
        return switch (operator) {
            case "<" -> (a, b) -> a.compareTo(b) < 0;
            case "<=" -> (a, b) -> a.compareTo(b) <= 0;
            case ">" -> (a, b) -> a.compareTo(b) > 0;
            default -> (a, b) -> a.compareTo(b) >= 0;
        };
    }

    private static Predicate<StoredIssue> contains(Term term, String field) {
        if (!TEXT.contains(field)) {
            throw unsupported(term);
        }
        String phrase = term.operands().get(0).text().replace("*", "").replace("\"", "");
        String[] words = phrase.toLowerCase(Locale.ROOT).strip().split("\\s+", -1);
        boolean wanted = term.operator().equals("~");
        return issue -> {
            String text = JqlFields.text(issue, field).toLowerCase(Locale.ROOT);
            boolean all = true;
            for (String word : words) {
                all &= text.contains(word);
            }
            return all == wanted;
        };
    }

    private Optional<String> tolerated(String nothing) {
        return strict ? Optional.empty() : Optional.of(nothing);
    }

    private static RejectedRequestException noSuchValue(Term term, Operand operand) {
        return RejectedRequestException.jql(
                "The value '" + operand.text() + "' does not exist for the field '" + term.field() + "'.");
    }

    private static RejectedRequestException noSuchIssue(Term term, Operand operand) {
        return RejectedRequestException.jql(
                operand.text().matches("\\d+")
                        ? "A value with ID '" + operand.text() + "' does not exist for the field '" + term.field()
                                + "'."
                        : "An issue with key '" + operand.text() + "' does not exist for field '" + term.field()
                                + "'.");
    }

    private static RejectedRequestException unsupported(Term term) {
        return RejectedRequestException.jql(
                "The operator '" + term.operator() + "' is not supported by the '" + term.field() + "' field.");
    }
}
