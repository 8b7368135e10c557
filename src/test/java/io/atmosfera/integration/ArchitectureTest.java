package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes keep to {@link ArchitectureRules}, and each rule finds what breaks it in {@code example}. */
class ArchitectureTest {

    private static final String PLATFORM = "io.atmosfera.integration";
    private static final String SANDBOX = "io.atmosfera.sandbox";
    private static final String CARELESS = "example.careless";
    private static final String CARELESS_SANDBOX = "example.sandbox";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PLATFORM, SANDBOX);
    private static final JavaClasses CARELESS_CLASSES =
            new ClassFileImporter().importPackages(CARELESS, CARELESS_SANDBOX);

    @ParameterizedTest
    @MethodSource("rules")
    void classesKeepTo(ArchRule rule) {
        rule.check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("carelessRules")
    void aBreachIsFound(ArchRule rule) {
        assertThat(rule.evaluate(CARELESS_CLASSES).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }

    static List<ArchRule> rules() {
        return ArchitectureRules.of(PLATFORM, SANDBOX);
    }

    static List<ArchRule> carelessRules() {
        return ArchitectureRules.of(CARELESS, CARELESS_SANDBOX);
    }
}
