package io.atmosfera.sandbox.jira;

import io.atmosfera.sandbox.jira.Jql.Clause;
import io.atmosfera.sandbox.jira.Jql.Operand;
import io.atmosfera.sandbox.jira.Jql.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recursive descent over the words of a query. Knows the grammar, but not which fields and values exist. */
final class JqlParser {

    /** Possessive, because the usual form recurses for every character and overflows the stack on a long text. */
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'"
            + "|(>=|<=|!=|!~|&&|\\|\\||[=<>~(),!])"
            + "|([^\\s\"'=<>~(),!&|]+))");

    private static final int MAX_DEPTH = 100;

    private record Token(String text, boolean quoted, boolean symbol, int at) {}

    private final List<Token> tokens;
    private int next;
    private int depth;

    JqlParser(String text) {
        this.tokens = tokens(text);
    }

    Jql parse() {
        Clause where = isWord("order") || atEnd() ? null : or();
        List<Sort> orderBy = new ArrayList<>();
        if (takeWord("order")) {
            if (!takeWord("by")) {
                throw unexpected("Expecting 'by'");
            }
            do {
                orderBy.add(sort());
            } while (takeSymbol(","));
        }
        if (!atEnd()) {
            throw unexpected("Expecting either 'OR' or 'AND'");
        }
        return new Jql(where, orderBy);
    }

    private Sort sort() {
        String field = name();
        boolean descending = takeWord("desc");
        if (!descending) {
            takeWord("asc");
        }
        return new Sort(field, descending);
    }

    private Clause or() {
        if (++depth > MAX_DEPTH) {
            throw error("The query is nested too deeply.");
        }
        Clause clause = and();
        while (takeWord("or") || takeSymbol("||")) {
            clause = new Jql.Or(clause, and());
        }
        depth--;
        return clause;
    }

    private Clause and() {
        Clause clause = not();
        while (takeWord("and") || takeSymbol("&&")) {
            clause = new Jql.And(clause, not());
        }
        return clause;
    }

    private Clause not() {
        if (takeWord("not") || takeSymbol("!")) {
            if (++depth > MAX_DEPTH) {
                throw error("The query is nested too deeply.");
            }
            Clause clause = new Jql.Not(not());
            depth--;
            return clause;
        }
        if (takeSymbol("(")) {
            Clause inner = or();
            expect(")");
            return inner;
        }
        return term();
    }

    private Clause term() {
        String field = name();
        String operator = operator();
        if (!operator.endsWith("in")) {
            return new Jql.Term(field, operator, List.of(operand()));
        }
        expect("(");
        List<Operand> operands = new ArrayList<>();
        do {
            operands.add(operand());
        } while (takeSymbol(","));
        expect(")");
        return new Jql.Term(field, operator, operands);
    }

    private String operator() {
        Token token = peek();
        if (token != null && token.symbol() && token.text().matches("[=<>~]|[<>!]=|!~")) {
            next++;
            return token.text();
        }
        if (takeWord("is")) {
            return takeWord("not") ? "is not" : "is";
        }
        if (takeWord("in")) {
            return "in";
        }
        if (takeWord("not") && takeWord("in")) {
            return "not in";
        }
        throw unexpected("Expecting operator");
    }

    private Operand operand() {
        Token token = peek();
        if (token == null || token.symbol()) {
            throw unexpected("Expecting either a value, list or function");
        }
        next++;
        Token after = peek();
        if (!token.quoted() && after != null && after.symbol() && after.text().equals("(")) {
            throw error("Unable to find JQL function '" + token.text() + "()'.");
        }
        String lower = token.text().toLowerCase(Locale.ROOT);
        boolean empty = !token.quoted() && (lower.equals("empty") || lower.equals("null"));
        if (!token.quoted() && !empty && JqlReservedWords.has(lower)) {
            throw error(
                    "'" + token.text() + "' is a reserved JQL word. You must surround it in quotation marks to use it"
                            + " in a query. (line 1, character " + (token.at() + 1) + ")");
        }
        return new Operand(token.text(), token.quoted(), empty);
    }

    private String name() {
        Token token = peek();
        if (token == null || token.symbol()) {
            throw unexpected("Expecting a field name");
        }
        next++;
        return token.text();
    }

    private void expect(String symbol) {
        if (!takeSymbol(symbol)) {
            throw unexpected("Expecting '" + symbol + "'");
        }
    }

    private boolean isWord(String word) {
        Token token = peek();
        return token != null
                && !token.quoted()
                && !token.symbol()
                && token.text().equalsIgnoreCase(word);
    }

    private boolean takeWord(String word) {
        boolean found = isWord(word);
        next += found ? 1 : 0;
        return found;
    }

    private boolean takeSymbol(String symbol) {
        Token token = peek();
        boolean found = token != null && token.symbol() && token.text().equals(symbol);
        next += found ? 1 : 0;
        return found;
    }

    private @Nullable Token peek() {
        return next < tokens.size() ? tokens.get(next) : null;
    }

    private boolean atEnd() {
        return next >= tokens.size();
    }

    private RejectedRequestException unexpected(String expectation) {
        Token token = peek();
        return error(
                token == null
                        ? expectation + " before the end of the query."
                        : expectation + " but got '" + token.text() + "'. (line 1, character " + (token.at() + 1)
                                + ")");
    }

    private static RejectedRequestException error(String what) {
        return RejectedRequestException.jql("Error in the JQL Query: " + what);
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = text.stripTrailing().length();
        int at = 0;
        while (at < end) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                throw error("The character '" + text.substring(at).strip().charAt(0)
                        + "' is a reserved JQL character. You must enclose it in a string. (line 1, character "
                        + (at + 1) + ")");
            }
            String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            if (quoted != null) {
                tokens.add(new Token(quoted.replaceAll("\\\\(.)", "$1"), true, false, at));
            } else if (matcher.group(3) != null) {
                tokens.add(new Token(matcher.group(3), false, true, at));
            } else {
                tokens.add(new Token(matcher.group(4), false, false, at));
            }
            at = matcher.end();
        }
        return tokens;
    }
}
