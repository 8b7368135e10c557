package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.ImportStatement;
import net.thisptr.jackson.jq.internal.tree.ModuleDirective;
import net.thisptr.jackson.jq.internal.tree.RecursionOperator;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.binaryop.MultiplyExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.ComplexMultiplyAssignment;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.FieldAccess;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ValueMatcher;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * A compiled jq expression that somebody has entered: every step of it draws on an {@link ExpressionBudget}, for jq needs
 * neither recursion nor {@code range} to run for a day or to fill the memory ({@code [(1,2)+(1,2)+…]}, {@code "x" * 1e9}).
 * jackson-jq has no limits of its own, so the tree that it compiles is woven through with guards.
 */
final class BoundedExpression {

    /** The parser and the guards call themselves for each level. */
    private static final int DEEPEST = 150;

    private static final int MOST_INDEX = 10_000;
    private static final String TREE = "net.thisptr.jackson.jq.internal.tree.";

    private final Expression expression;

    private BoundedExpression(Expression expression) {
        this.expression = expression;
    }

    /** An expression that may not be; its message says which word, so that its place can be named. */
    static final class RefusedException extends RuntimeException {

        private final String word;

        RefusedException(String message, String word) {
            super(message);
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Compiles an expression.
     *
     * @throws RefusedException   where it uses what it may not
     * @throws JsonQueryException where it is none
     */
    static BoundedExpression compile(String text, Scope scope) throws JsonQueryException {
        try {
            Weaver weaver = new Weaver(scope);
            Expression root = (Expression)
                    Objects.requireNonNull(weaver.value(JsonQuery.class.getDeclaredField("expr"), parse(text)));
            Expression woven = weaver.expression(root, 0);
            weaver.checkVariables();
            return new BoundedExpression(woven);
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw new IllegalStateException("jackson-jq looks different inside; see " + BoundedExpression.class, e);
        } catch (StackOverflowError tooDeep) {
            throw new RefusedException("is nested too deeply", "");
        }
    }

    private static JsonQuery parse(String text) throws JsonQueryException {
        return JsonQuery.compile(text, Versions.JQ_1_6);
    }

    /** The first output for a value, or null if there is none. */
    @Nullable
    JsonNode first(Scope scope, JsonNode in) throws JsonQueryException {
        JsonNode[] first = new JsonNode[1];
        ExpressionBudget budget = ExpressionBudget.current();
        budget.renew();
        try {
            expression.apply(scope, in, out -> {
                first[0] = out;
                throw new Found();
            });
            return null;
        } catch (Found found) {
            return first[0];
        } catch (StackOverflowError tooDeep) {
            throw new ExpressionBudget.ExceededException("is nested too deeply");
        } finally {
            budget.release();
        }
    }

    /** The first output is there; the others are not asked for. */
    private static final class Found extends RuntimeException {

        Found() {
            super(null, null, false, false);
        }
    }

    /** Draws a step from the budget for an evaluation and for each output, and looks at what was made. */
    private record Guard(Expression guarded, boolean making) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            ExpressionBudget budget = ExpressionBudget.current();
            budget.step();
            guarded.apply(
                    scope,
                    in,
                    path,
                    (value, at) -> {
                        budget.step();
                        if (making) {
                            budget.check(value);
                        }
                        output.emit(value, at);
                    },
                    requirePath);
        }
    }

    /** An operand that must not be of some kind. */
    private record Operand(Expression operand, boolean index) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            operand.apply(
                    scope,
                    in,
                    path,
                    (value, at) -> {
                        if (index && value.isNumber() && value.asDouble() > MOST_INDEX) {
                            throw new ExpressionBudget.ExceededException("has an index beyond " + MOST_INDEX);
                        }
                        if (!index && value.isTextual()) {
                            throw new ExpressionBudget.ExceededException("multiplies a text");
                        }
                        output.emit(value, at);
                    },
                    requirePath);
        }
    }

    /** Puts guards around all parts of a tree, and refuses what no guard can hold. */
    private static final class Weaver {

        private final Scope scope;
        private final Set<String> bound = new HashSet<>(Set.of("__loc__"));
        private final Set<String> used = new HashSet<>();

        Weaver(Scope scope) {
            this.scope = scope;
        }

        Expression expression(Expression expression, int depth) throws IllegalAccessException {
            refuse(expression);
            parts(expression, depth + 1);
            boolean making = !(expression instanceof FieldAccess
                    || expression instanceof ThisObject
                    || expression instanceof VariableAccess
                    || expression instanceof RecursionOperator);
            return new Guard(expression, making);
        }

        void checkVariables() {
            for (String name : used) {
                if (!bound.contains(name)) {
                    throw new RefusedException("there is no variable $" + name, "$" + name);
                }
            }
        }

        private void refuse(Object part) throws IllegalAccessException {
            if (part instanceof FunctionDefinition) {
                throw new RefusedException("'def' is not allowed here", "def");
            }
            if (part instanceof ImportStatement || part instanceof ModuleDirective) {
                throw new RefusedException("modules are not allowed here", "");
            }
            if (part instanceof ComplexMultiplyAssignment) {
                throw new RefusedException("'*=' is not allowed here", "*=");
            }
            if (part instanceof FunctionCall) {
                String name = String.valueOf(named(part, "name"));
                List<?> arguments = (List<?>) named(part, "args");
                int count = arguments == null ? 0 : arguments.size();
                if (named(part, "moduleName") != null || scope.getFunction(name, count) == null) {
                    throw new RefusedException(
                            "there is no function " + name + (count == 0 ? "" : " with " + count + " arguments"), name);
                }
            }
            if (part instanceof VariableAccess) {
                used.add(String.valueOf(named(part, "name")));
            }
            if (part instanceof ValueMatcher) {
                bound.add(String.valueOf(named(part, "name")));
            }
        }

        private void parts(Object whole, int depth) throws IllegalAccessException {
            if (depth > DEEPEST) {
                throw new RefusedException("is nested deeper than " + DEEPEST + " levels", "");
            }
            for (Class<?> type = whole.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        Object part = value(field, whole);
                        Object woven = woven(part, depth);
                        if (woven instanceof Expression operand && whole instanceof MultiplyExpression) {
                            woven = new Operand(operand, false);
                        } else if (woven instanceof Expression operand
                                && whole instanceof BracketFieldAccess
                                && !field.getName().equals("target")) {
                            woven = new Operand(operand, true);
                        }
                        if (woven != part) {
                            field.set(whole, woven);
                        }
                    }
                }
            }
        }

        private @Nullable Object woven(@Nullable Object part, int depth) throws IllegalAccessException {
            if (part instanceof Expression expression) {
                return expression(expression, depth);
            }
            if (part instanceof List<?> list) {
                List<@Nullable Object> woven = new ArrayList<>(list.size());
                for (Object member : list) {
                    woven.add(woven(member, depth));
                }
                return woven;
            }
            if (part instanceof Pair<?, ?> pair) {
                return Pair.of(woven(pair._1, depth), woven(pair._2, depth));
            }
            if (part != null && part.getClass().getName().startsWith(TREE)) {
                refuse(part);
                parts(part, depth + 1);
            }
            return part;
        }

        @Nullable
        Object value(Field field, Object of) throws IllegalAccessException {
            field.setAccessible(true);
            return field.get(of);
        }

        private @Nullable Object named(Object of, String name) throws IllegalAccessException {
            try {
                return value(of.getClass().getDeclaredField(name), of);
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException("jackson-jq looks different inside; see " + BoundedExpression.class, e);
            }
        }
    }
}
