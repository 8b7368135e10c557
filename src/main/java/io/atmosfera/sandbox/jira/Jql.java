package io.atmosfera.sandbox.jira;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed query: what to find and in which order. */
record Jql(@Nullable Clause where, List<Sort> orderBy) {

    sealed interface Clause permits And, Or, Not, Term {}

    record And(Clause left, Clause right) implements Clause {}

    record Or(Clause left, Clause right) implements Clause {}

    record Not(Clause clause) implements Clause {}

    /** @param operator in lower case, one of = != in, not in, is, is not, ~ !~ and the four comparisons */
    record Term(String field, String operator, List<Operand> operands) implements Clause {}

    /** @param empty whether this is the keyword EMPTY or NULL and not a text */
    record Operand(String text, boolean quoted, boolean empty) {}

    record Sort(String field, boolean descending) {}

    static Jql parse(String text) {
        return new JqlParser(text).parse();
    }

    boolean isBounded() {
        return where != null;
    }
}
