package io.atmosfera.sandbox.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of "Tideline": a Maven build of a few modules, with tests, and a front end. */
final class SourceFiles {

    static final List<String> MODULES = List.of("booking", "boarding", "payments", "timetable", "notifications");

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,14}");
    private static final String PACKAGE = "example.tideline.";

    private SourceFiles() {}

    /** What the first commit brings. */
    static Map<String, String> first() {
        Map<String, String> files = new TreeMap<>();
        files.put("README.md", "# Tideline\n\nBooking and boarding for ferries.\n\n    mvn verify\n");
        files.put(".gitignore", "target/\nnode_modules/\ndist/\n");
        files.put(".gitattributes", "* text=auto\nweb/package-lock.json linguist-generated\n");
        files.put(
                "Dockerfile",
                "FROM eclipse-temurin:17-jre\nCOPY web/target/web.jar /app.jar\nCMD java -jar /app.jar\n");
        files.put(".github/workflows/build.yml", workflow("Build", "[push, pull_request]", "mvn -B verify"));
        files.put(".github/workflows/deploy.yml", workflow("Deploy", "{push: {branches: [main]}}", "./deploy.sh"));
        StringBuilder modules = new StringBuilder();
        for (String module : MODULES) {
            modules.append("    <module>").append(module).append("</module>\n");
            files.put(module + "/pom.xml", pom(module));
            files.put(main(module, "Service"), service(module));
            files.put(main(module, "Repository"), repository(module));
            files.put(main(module, ""), entity(module));
            files.put(test(module), serviceTest(module));
        }
        files.put(
                "pom.xml",
                "<project>\n  <groupId>example.tideline</groupId>\n  <artifactId>tideline</artifactId>\n"
                        + "  <version>2.4.0-SNAPSHOT</version>\n  <packaging>pom</packaging>\n  <modules>\n" + modules
                        + "  </modules>\n</project>\n");
        files.put(
                "web/package.json",
                "{\n  \"name\": \"tideline-web\",\n  \"dependencies\": {\"react\": \"^18.3.0\"}\n}\n");
        files.put("web/src/app.ts", "import { timetable } from \"./timetable\";\n\ntimetable(document.body);\n");
        files.put(
                "web/src/timetable.ts",
                "export function timetable(root: HTMLElement) {\n  root.append(\"Tideline\");\n}\n");
        return files;
    }

    /** The next version of some files of a module, for work that is called by a summary. */
    static Map<String, String> edited(Map<String, String> tree, String module, String summary, Random dice) {
        Map<String, String> files = new TreeMap<>();
        String method = method(summary, dice);
        String service = main(module, "Service");
        files.put(service, insert(tree.getOrDefault(service, service(module)), body(method, dice)));
        if (dice.nextInt(3) > 0) {
            String test = test(module);
            files.put(
                    test,
                    insert(
                            tree.getOrDefault(test, serviceTest(module)),
                            "    @Test\n    void " + method + "() {\n        assertThat(service." + method
                                    + "(3)).isNotNegative();\n    }\n"));
        }
        if (dice.nextInt(4) == 0) {
            files.put(
                    "web/src/" + module + ".ts",
                    tree.getOrDefault("web/src/" + module + ".ts", "") + "export function " + method
                            + "(count: number): number {\n  return count > 0 ? count : 0;\n}\n");
        }
        if (dice.nextInt(6) == 0) {
            String name = method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
            files.put(
                    main(module, name),
                    "package " + PACKAGE + module + ";\n\npublic record " + capital(module) + name
                            + "(long id, String name) {}\n");
        }
        return files;
    }

    /** The next version of what a module's tests are. */
    static Map<String, String> moreTests(Map<String, String> tree, String module, Random dice) {
        String test = test(module);
        String text = "    @Test\n    void keepsItsPromise" + (100 + dice.nextInt(900))
                + "() {\n        assertThat(service).isNotNull();\n    }\n";
        return Map.of(test, insert(tree.getOrDefault(test, serviceTest(module)), text));
    }

    /** The next version of the build. */
    static Map<String, String> release(Map<String, String> tree, String version) {
        return Map.of(
                "pom.xml",
                tree.getOrDefault("pom.xml", "")
                        .replaceFirst("<version>[^<]*</version>", "<version>" + version + "</version>"));
    }

    /** Another paragraph of the README. */
    static Map<String, String> documented(Map<String, String> tree, String sentence) {
        return Map.of("README.md", tree.getOrDefault("README.md", "") + "\n" + sentence + "\n");
    }

    private static String workflow(String name, String on, String command) {
        return "name: " + name + "\non: " + on
                + "\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n      - run: " + command + "\n";
    }

    private static String pom(String module) {
        StringBuilder pom = new StringBuilder("<project>\n  <parent>\n    <groupId>example.tideline</groupId>\n"
                + "    <artifactId>tideline</artifactId>\n    <version>2.4.0-SNAPSHOT</version>\n  </parent>\n  <artifactId>"
                + module + "</artifactId>\n  <dependencies>\n");
        pom.append(dependency("org.springframework.boot", "spring-boot-starter"));
        if (!module.equals("timetable")) {
            pom.append(dependency("example.tideline", "timetable"));
        }
        if (module.equals("boarding") || module.equals("payments")) {
            pom.append(dependency("example.tideline", "booking"));
        }
        return pom.append("  </dependencies>\n</project>\n").toString();
    }

    private static String dependency(String group, String artifact) {
        return "    <dependency>\n      <groupId>" + group + "</groupId>\n      <artifactId>" + artifact
                + "</artifactId>\n    </dependency>\n";
    }

    private static String service(String module) {
        String type = capital(module);
        return "package " + PACKAGE + module + ";\n\nimport java.util.List;\n\n/** What the rest of Tideline asks of "
                + module
                + ". */\npublic class " + type + "Service {\n\n    private final " + type
                + "Repository repository = new "
                + type + "Repository();\n\n    public List<" + type
                + "> all() {\n        return repository.all();\n    }\n}\n";
    }

    private static String repository(String module) {
        String type = capital(module);
        return "package " + PACKAGE + module + ";\n\nimport java.util.ArrayList;\nimport java.util.List;\n\nclass "
                + type
                + "Repository {\n\n    private final List<" + type + "> rows = new ArrayList<>();\n\n    List<" + type
                + "> all() {\n        return List.copyOf(rows);\n    }\n}\n";
    }

    private static String entity(String module) {
        return "package " + PACKAGE + module + ";\n\npublic record " + capital(module) + "(long id, String name) {}\n";
    }

    private static String serviceTest(String module) {
        String type = capital(module);
        return "package " + PACKAGE + module + ";\n\nimport static org.assertj.core.api.Assertions.assertThat;\n\n"
                + "import org.junit.jupiter.api.Test;\n\nclass " + type + "ServiceTest {\n\n    private final " + type
                + "Service service = new " + type + "Service();\n}\n";
    }

    private static String main(String module, String suffix) {
        return module + "/src/main/java/example/tideline/" + module + "/" + capital(module) + suffix + ".java";
    }

    private static String test(String module) {
        return module + "/src/test/java/example/tideline/" + module + "/" + capital(module) + "ServiceTest.java";
    }

    private static String body(String method, Random dice) {
        String head = "    public int " + method + "(int count) {\n";
        return head
                + switch (dice.nextInt(3)) {
                    case 0 -> "        return Math.max(0, count - " + dice.nextInt(9) + ");\n    }\n";
                    case 1 ->
                        "        if (count < " + dice.nextInt(5) + ") {\n            return 0;\n        }\n"
                                + "        return count % 2 == 0 ? count : count + 1;\n    }\n";
                    default ->
                        "        int sum = 0;\n        for (int i = 0; i < count; i++) {\n            if (i % "
                                + (2 + dice.nextInt(3)) + " == 0 && repository.all().size() > i) {\n"
                                + "                sum += i;\n            }\n        }\n        return sum;\n    }\n";
                };
    }

    private static String insert(String text, String member) {
        int end = text.lastIndexOf('}');
        return end < 0 ? text + member : text.substring(0, end) + "\n" + member + text.substring(end);
    }

    private static String method(String summary, Random dice) {
        List<String> words = new ArrayList<>();
        WORD.matcher(summary)
                .results()
                .limit(4)
                .forEach(word -> words.add(word.group().toLowerCase(Locale.ROOT)));
        StringBuilder method = new StringBuilder(words.isEmpty() ? "change" : words.get(0));
        words.stream().skip(1).forEach(word -> method.append(capital(word)));
        return method.append(dice.nextInt(100)).toString();
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
