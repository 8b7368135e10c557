package io.atmosfera.integration.analysis;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.SwitchExpr;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.SwitchStmt;
import com.github.javaparser.ast.stmt.TryStmt;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * McCabe's cyclomatic complexity of Java: one a method, and one more for each if, loop, case, catch, conditional, {@code &&}
 * and {@code ||}. Lambdas belong to the method that they stand in, methods of classes within a method to themselves.
 */
final class JavaComplexity {

    private static final Logger LOG = LoggerFactory.getLogger(JavaComplexity.class);

    /** The parser looks ahead through brackets again and again: what lies deeper costs too much, and is no code of people. */
    private static final int DEEPEST_BRACKETS = 40;

    private static final ParserConfiguration CONFIGURATION = new ParserConfiguration()
            .setLanguageLevel(LanguageLevel.BLEEDING_EDGE)
            .setAttributeComments(false)
            .setStoreTokens(false)
            .setLexicalPreservationEnabled(false);

    private JavaComplexity() {}

    private static final class Method {
        private int complexity = 1;
    }

    /** A node, the method that it belongs to, and how many statements it lies in. */
    private record Place(Node node, Method method, int depth) {}

    private static final class Sums {
        private int functions;
        private int complexity;
        private int max;
        private int nesting;

        void end(Method method) {
            functions++;
            complexity += method.complexity;
            max = Math.max(max, method.complexity);
        }
    }

    /** The complexity of a file; empty where it cannot be parsed at a price that is known before. */
    static Optional<Complexity> of(String text) {
        if (isTooDeep(text)) {
            return Optional.empty();
        }
        try {
            ParseResult<CompilationUnit> result = new JavaParser(CONFIGURATION).parse(text);
            return result.isSuccessful() ? result.getResult().map(unit -> measured(unit, text)) : Optional.empty();
        } catch (RuntimeException | StackOverflowError failure) {
            // A parser of other people's files meets everything; the file is judged by its size then.
            LOG.debug("A Java file cannot be parsed: {}", failure.toString());
            return Optional.empty();
        }
    }

    private static boolean isTooDeep(String text) {
        int depth = 0;
        // Comparisons open and never close: these count from statement to statement.
        int angles = 0;
        for (int i = 0; i < text.length() && depth <= DEEPEST_BRACKETS && angles <= DEEPEST_BRACKETS; i++) {
            switch (text.charAt(i)) {
                case '(', '[', '{' -> depth++;
                case ')', ']', '}' -> depth = Math.max(0, depth - 1);
                case '<' -> angles++;
                case '>' -> angles = Math.max(0, angles - 1);
                case ';' -> angles = 0;
                default -> {
                    // Anything else opens and closes nothing.
                }
            }
        }
        return depth > DEEPEST_BRACKETS || angles > DEEPEST_BRACKETS;
    }

    private static Complexity measured(CompilationUnit unit, String text) {
        Sums sums = new Sums();
        Deque<Place> places = new ArrayDeque<>();
        Deque<Method> methods = new ArrayDeque<>();
        places.push(new Place(unit, new Method(), 0));
        while (!places.isEmpty()) {
            Place place = places.pop();
            boolean isMethod = hasBody(place.node());
            Method method = isMethod ? new Method() : place.method();
            if (isMethod) {
                methods.push(method);
            }
            int depth = isMethod ? 0 : place.depth() + (nests(place.node()) ? 1 : 0);
            sums.nesting = Math.max(sums.nesting, depth);
            method.complexity += decisions(place.node());
            for (Node child : place.node().getChildNodes()) {
                places.push(new Place(child, method, depth));
            }
        }
        methods.forEach(sums::end);
        int lines = TextComplexity.ofBrackets(text).lines();
        return new Complexity(lines, sums.functions, sums.complexity, sums.max, sums.nesting);
    }

    private static boolean hasBody(Node node) {
        return node instanceof MethodDeclaration method
                ? method.getBody().isPresent()
                : node instanceof CallableDeclaration
                        || node instanceof CompactConstructorDeclaration
                        || node instanceof InitializerDeclaration;
    }

    private static int decisions(Node node) {
        if (node instanceof SwitchEntry entry) {
            return entry.getLabels().isEmpty() ? 0 : 1;
        }
        if (node instanceof BinaryExpr both) {
            return both.getOperator() == BinaryExpr.Operator.AND || both.getOperator() == BinaryExpr.Operator.OR
                    ? 1
                    : 0;
        }
        return node instanceof IfStmt
                        || node instanceof ForStmt
                        || node instanceof ForEachStmt
                        || node instanceof WhileStmt
                        || node instanceof DoStmt
                        || node instanceof CatchClause
                        || node instanceof ConditionalExpr
                ? 1
                : 0;
    }

    /** An if behind an else is no deeper than the first. */
    @SuppressWarnings("ReferenceEquality") // Two nodes of the same text are equal.
    private static boolean nests(Node node) {
        if (node instanceof IfStmt) {
            return !(node.getParentNode().orElse(null) instanceof IfStmt outer
                    && outer.getElseStmt().filter(other -> other == node).isPresent());
        }
        return node instanceof ForStmt
                || node instanceof ForEachStmt
                || node instanceof WhileStmt
                || node instanceof DoStmt
                || node instanceof SwitchStmt
                || node instanceof SwitchExpr
                || node instanceof TryStmt;
    }
}
