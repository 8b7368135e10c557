package io.atmosfera.integration.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.FailedStart;
import io.atmosfera.integration.connection.Sources;
import io.atmosfera.integration.outbound.Connections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A file of the routes folder that cannot be loaded stops the start, and is told by its name. */
@ExtendWith(OutputCaptureExtension.class)
class RouteFilesTest {

    @TempDir
    private Path folder;

    /** Camel, the platform's templates and nothing that needs a database. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CamelAutoConfiguration.class)
    @EnableConfigurationProperties(RoutesFolder.class)
    @Import({RouteFiles.class, RestSources.class, RestFailures.class, Sources.class})
    static class OnlyRoutes {

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }

        @Bean
        Connections connections() {
            return Mockito.mock(Connections.class);
        }
    }

    private String start(CapturedOutput output) {
        return FailedStart.of(
                output,
                WebApplicationType.NONE,
                OnlyRoutes.class,
                "platform.routes-dir=" + folder,
                "camel.main.routes-include-pattern=classpath:routes/source/rest-source.camel.yaml");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "- route: [ | it is no YAML",
                "route: {} | it has to be a list of routes",
                "- route: { id: tea, from: { uri: 'direct:tea', steps: [ { brew: {} } ] } } | brew",
                "- route: { id: tea, from: { uri: 'kettle:tea' } } | kettle",
                "- route: { id: tea, from: { uri: 'direct:tea', steps: [ { to: { uri: 'cup:tea' } } ] } } | cup",
                "- templatedRoute: { routeTemplateRef: tea } | tea",
                "- templatedRoute: { routeTemplateRef: rest-source, parameters: [ { name: source, value: A_B } ] }"
                        + " | 'A_B' is none",
                "- templatedRoute: { routeTemplateRef: rest-source, parameters: [ { name: source, value: tea } ] } | title",
            })
    void whatIsWrongIsSaid(String yaml, String said, CapturedOutput output) throws IOException {
        Path file = Files.createDirectory(folder.resolve("tea")).resolve("tea.camel.yaml");
        Files.writeString(file, yaml);

        assertThat(start(output)).contains(file + " cannot be loaded: ").contains(said);
    }

    @Test
    void aRouteIsNeverReplaced(CapturedOutput output) throws IOException {
        String route = "- route: { id: tea, from: { uri: 'direct:tea', steps: [ { log: { message: hot } } ] } }";
        Files.writeString(folder.resolve("a.camel.yaml"), route);
        Files.writeString(folder.resolve("b.camel.yaml"), route);

        assertThat(start(output)).contains("b.camel.yaml cannot be loaded: there is a route tea already");
    }

    @Test
    void aFolderThatIsNamedHasToBeThere(CapturedOutput output) throws IOException {
        Files.delete(folder);

        assertThat(start(output)).contains("it is no folder, but platform.routes-dir names it");
        Files.createDirectory(folder);
    }
}
