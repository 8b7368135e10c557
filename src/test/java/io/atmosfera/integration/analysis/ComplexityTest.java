package io.atmosfera.integration.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Complexities of known values, and files that no parser should be asked about. */
class ComplexityTest {

    private static Complexity java(String text) {
        return JavaComplexity.of(text).orElseThrow();
    }

    @Test
    void aMethodWithoutDecisionsHasOne() {
        Complexity complexity = java("class A { int x() { return 1; } abstract int y(); }");

        assertThat(complexity.functions()).isEqualTo(1);
        assertThat(complexity.complexity()).isEqualTo(1);
        assertThat(complexity.nesting()).isZero();
    }

    @Test
    void eachDecisionIsOneMore() {
        Complexity complexity = java(
                """
                class A {
                    int x(int a, int b) {
                        if (a > 1 && b > 1 || a == b) {
                            for (int i = 0; i < a; i++) {
                                while (b > i) {
                                    b--;
                                }
                            }
                        } else if (a < 0) {
                            do { a++; } while (a < 0);
                        }
                        try {
                            return a > b ? a : b;
                        } catch (RuntimeException e) {
                            return 0;
                        }
                    }
                    int y(String s) {
                        return switch (s) { case "a", "b" -> 1; case "c" -> 2; default -> 3; };
                    }
                }
                """);

        assertThat(complexity.functions()).isEqualTo(2);
        // if, &&, ||, for, while, if, do, ?:, catch; and two cases.
        assertThat(complexity.max()).isEqualTo(10);
        assertThat(complexity.complexity()).isEqualTo(13);
        assertThat(complexity.nesting()).isEqualTo(3);
        assertThat(complexity.lines()).isEqualTo(21);
    }

    @Test
    void aLambdaBelongsToItsMethodAndAMethodOfAnInnerClassToItself() {
        Complexity complexity = java(
                """
                record A(int n) {
                    A { if (n < 0) { throw new IllegalArgumentException(); } }
                    Runnable x() {
                        Runnable r = () -> { if (n > 1) { System.gc(); } };
                        return new Runnable() { public void run() { if (n > 2) { r.run(); } } };
                    }
                }
                """);

        assertThat(complexity.functions()).isEqualTo(3);
        assertThat(complexity.complexity()).isEqualTo(6);
        assertThat(complexity.max()).isEqualTo(2);
    }

    @Test
    void whatIsNoJavaIsNotParsed() {
        assertThat(JavaComplexity.of("class A { this is no Java }")).isEmpty();
        assertThat(JavaComplexity.of("class A { void x() {")).isEmpty();
        assertThat(JavaComplexity.of("\u0001\u0002 garbage \ud800")).isEmpty();
    }

    @Test
    void whatLiesTooDeepIsNotParsed() {
        for (String[] brackets : new String[][] {{"(", ")"}, {"{", "}"}, {"[", "]"}, {"a<", ">"}, {"x -> (", ")"}}) {
            String text = "class A { int x = " + brackets[0].repeat(5000) + "1" + brackets[1].repeat(5000) + "; }";
            assertThat(JavaComplexity.of(text)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void manyOperatorsInARowAreSurvived() {
        String text = "class A { boolean x(boolean a) { return a" + " && a".repeat(20_000) + "; } }";

        // Parsed or not: it ends.
        assertThat(JavaComplexity.of(text).map(Complexity::functions).orElse(1)).isEqualTo(1);
    }

    @Test
    void otherLanguagesAreNestedByBracketsOrIndentation() {
        Complexity brackets = TextComplexity.ofBrackets("function a() {\n  if (b) {\n    c()\n  }\n}\n");
        assertThat(brackets.lines()).isEqualTo(5);
        assertThat(brackets.nesting()).isEqualTo(2);
        assertThat(brackets.functions()).isNull();

        Complexity indented = TextComplexity.ofIndentation("def a():\n    if b:\n        c()\n\n    d()\ne()\n");
        assertThat(indented.lines()).isEqualTo(6);
        assertThat(indented.nesting()).isEqualTo(2);
    }

    @Test
    void aMegabyteInOneLineIsAFewLines() {
        String text = "(function(){" + "{".repeat(500_000) + "x".repeat(500_000) + "\n";

        assertThat(TextComplexity.ofBrackets(text).nesting()).isEqualTo(100);
        assertThat(TextComplexity.ofIndentation(text).lines()).isEqualTo(1);
    }
}
