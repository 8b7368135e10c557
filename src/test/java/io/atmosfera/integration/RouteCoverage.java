package io.atmosfera.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.stereotype.Component;

/**
 * Notes the id of every step that an exchange reaches, in every Camel context that any test starts: the component scan
 * of the application finds it among the test classes, and Camel takes every {@link InterceptStrategy} among the beans.
 * {@link RouteCoverageCheck} reads the notes when all tests are done.
 */
@Component
class RouteCoverage implements InterceptStrategy {

    /** The folder of this build's notes; Maven names it, so that one build never reads another's. */
    static final String FOLDER_PROPERTY = "route-coverage.folder";

    private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (NOTED.add(step.getId())) {
                    note(step.getId());
                }
                return super.process(exchange, callback);
            }
        };
    }

    /** The ids of all steps that any test of this build reached. */
    static Set<String> reached(Path folder) {
        Set<String> steps = new TreeSet<>();
        try (Stream<Path> notes = Files.list(folder)) {
            for (Path note : notes.toList()) {
                steps.addAll(Files.readAllLines(note));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return steps;
    }

    // Written at once, not at the end: a test may kill its process.
    private static synchronized void note(String step) {
        Path folder = Path.of(System.getProperty(FOLDER_PROPERTY, "target/route-coverage/ide"));
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(ProcessHandle.current().pid() + ".txt"),
                    step + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
