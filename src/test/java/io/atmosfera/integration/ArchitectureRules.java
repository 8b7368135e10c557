package io.atmosfera.integration;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How classes are cut and named here, below a root package. */
final class ArchitectureRules {

    /** What every feature may use. */
    private static final List<String> SHARED =
            List.of("http", "credential", "outbound", "database", "inbox", "sync", "connection");

    private static final List<String> VAGUE =
            List.of("Mapper", "Processor", "Service", "Util", "Utils", "Helper", "Manager");

    private ArchitectureRules() {}

    /**
     * The rules.
     *
     * @param root    the package of the platform
     * @param sandbox the package of the simulated systems, beside it
     */
    static List<ArchRule> of(String root, String sandbox) {
        return Stream.of(
                        slices().matching(root + ".(*)..")
                                .should()
                                .notDependOnEachOther()
                                .ignoreDependency(alwaysTrue(), resideInAnyPackage(shared(root)))
                                .as("features do not import each other")
                                .because("a feature is read, changed and removed alone; they meet in routes"),
                        noClasses()
                                .that()
                                .resideInAPackage(sandbox + "..")
                                .should()
                                .dependOnClassesThat(are(resideInAPackage(root + "..")))
                                .because(
                                        "the sandbox stands for somebody else's systems: it knows the platform by HTTP"),
                        noClasses()
                                .that()
                                .resideInAPackage(root + "..")
                                .should()
                                .dependOnClassesThat(are(resideInAPackage(sandbox + "..")))
                                .because("the platform must not know that the systems it talks to are simulated"),
                        noClasses()
                                .that()
                                .resideInAnyPackage(shared(root))
                                .should()
                                .dependOnClassesThat(
                                        are(resideInAPackage(root + "..")).and(not(resideInAnyPackage(shared(root)))))
                                .because("what everybody uses must not know who uses it"),
                        classes()
                                .that()
                                .areAssignableTo(RouteBuilder.class)
                                .should()
                                .haveSimpleNameEndingWith("Routes")
                                .because("routes are looked for by that name; most of them are YAML"),
                        classes()
                                .that()
                                .haveSimpleNameEndingWith("Properties")
                                .should()
                                .beRecords()
                                .because("configuration is values, checked once at the start"),
                        classes()
                                .that(are(annotatedWith(ConfigurationProperties.class)))
                                .should()
                                .beRecords()
                                .because("configuration is values, checked once at the start"),
                        noClasses()
                                .that(haveAVagueName())
                                .should(exist())
                                .because("such a name tells nothing: a class is called by what it is or knows"),
                        methods()
                                .that()
                                .areDeclaredInClassesThat(are(not(resideInAnyPackage(
                                        root + ".http..", root + ".outbound..", root + ".policy.."))))
                                .should()
                                .notHaveRawParameterTypes(parametersWith(Exchange.class))
                                .because(
                                        "a bean takes what it needs from the message; the message belongs to the route"),
                        noClasses()
                                .should()
                                .dependOnClassesThat(are(equalToOneOf(Date.class, SimpleDateFormat.class)))
                                .because(
                                        "java.time says which kind of time is meant, and SimpleDateFormat is not thread-safe"),
                        noClasses()
                                .that(are(not(simpleName("StartMessage"))).and(are(not(simpleName("RoutesCheck")))))
                                .should()
                                .accessField(System.class, "out")
                                .because(
                                        "what is said goes to the log, but for the first words to a person, and the answer of a"
                                                + " command that starts nothing"),
                        classes()
                                .should(haveOneNameForAValue())
                                .because(
                                        "Camel's simple language takes name() beside getName() for one overloaded method or"
                                                + " for two, as the JVM happens to order them, and then finds nothing"),
                        classes()
                                .should(beInANullMarkedPackage())
                                .because("only there NullAway looks for what may be null"))
                .map(rule -> rule.allowEmptyShould(true))
                .toList();
    }

    private static String[] shared(String root) {
        return SHARED.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> haveAVagueName() {
        return DescribedPredicate.describe(
                "have a vague name", type -> VAGUE.stream().anyMatch(type.getSimpleName()::endsWith));
    }

    private static DescribedPredicate<JavaClass> equalToOneOf(Class<?>... types) {
        return DescribedPredicate.describe(
                "one of " + List.of(types), type -> Stream.of(types).anyMatch(type::isEquivalentTo));
    }

    private static DescribedPredicate<List<JavaClass>> parametersWith(Class<?> type) {
        return DescribedPredicate.describe(
                "a " + type.getSimpleName(), types -> types.stream().anyMatch(each -> each.isEquivalentTo(type)));
    }

    private static ArchCondition<JavaClass> exist() {
        return ArchCondition.from(DescribedPredicate.<JavaClass>describe("exist", type -> true));
    }

    private static ArchCondition<JavaClass> haveOneNameForAValue() {
        return new ArchCondition<>("have no name() beside a getName() or isName()") {
            @Override
            public void check(JavaClass type, com.tngtech.archunit.lang.ConditionEvents events) {
                Set<String> names = type.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                                && method.getRawParameterTypes().isEmpty())
                        .map(JavaMethod::getName)
                        .collect(Collectors.toSet());
                for (String name : names) {
                    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
                    boolean twice = names.contains("get" + capital) || names.contains("is" + capital);
                    events.add(new SimpleConditionEvent(type, !twice, type.getName() + " has " + name + "() twice"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, com.tngtech.archunit.lang.ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                ConditionEvent event = new SimpleConditionEvent(
                        type, marked, type.getName() + (marked ? " is" : " is not") + " in a @NullMarked package");
                events.add(event);
            }
        };
    }
}
