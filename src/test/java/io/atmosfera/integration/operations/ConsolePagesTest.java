package io.atmosfera.integration.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.context.junit.jupiter.web.SpringJUnitWebConfig;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

@SpringJUnitWebConfig({ConsolePages.class, ConsolePagesTest.Mvc.class})
class ConsolePagesTest {

    private static final Pattern ADDRESS = Pattern.compile("\"(/(?:console|webjars)/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) \"(\\.[^\"]+)\"");

    @EnableWebMvc
    static class Mvc {}

    private final MockMvc web;

    @Autowired
    ConsolePagesTest(WebApplicationContext context) {
        this.web = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void everyAddressThatThePageNamesIsServed() throws Exception {
        List<String> addresses =
                ADDRESS.matcher(page()).results().map(match -> match.group(1)).toList();
        assertThat(addresses).hasSizeGreaterThan(10);
        for (String address : addresses) {
            web.perform(get(address)).andExpect(status().isOk());
        }
    }

    @Test
    void everyModuleThatAModuleImportsIsThere() throws Exception {
        Resource[] modules = new PathMatchingResourcePatternResolver().getResources("classpath:/console/js/**/*.js");
        assertThat(modules).hasSizeGreaterThan(30);
        for (Resource module : modules) {
            String text = module.getContentAsString(StandardCharsets.UTF_8);
            for (MatchResult found : IMPORT.matcher(text).results().toList()) {
                assertThat(module.createRelative(found.group(1)).exists())
                        .as(module.getFilename() + " imports " + found.group(1))
                        .isTrue();
            }
        }
    }

    @Test
    void nothingMayRunThatDoesNotComeFromHere() throws Exception {
        for (String address : List.of("/", main())) {
            web.perform(get(address))
                    .andExpect(header().string(
                                    "Content-Security-Policy",
                                    allOf(
                                            containsString("default-src 'none'"),
                                            containsString("script-src 'self' 'sha256-"),
                                            containsString("frame-ancestors 'none'"),
                                            containsString("trusted-types 'none'"),
                                            not(containsString("unsafe")))))
                    .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                    .andExpect(header().string("Referrer-Policy", "no-referrer"));
        }
    }

    @Test
    void thePageIsAskedForAtEachVisitAndAnsweredShortlyIfNothingChanged() throws Exception {
        String tag = web.perform(get("/"))
                .andExpect(header().string("Cache-Control", "no-cache"))
                .andReturn()
                .getResponse()
                .getHeader("ETag");
        web.perform(get("/").header("If-None-Match", tag)).andExpect(status().isNotModified());
    }

    @Test
    void itsModulesAreKeptForGoodAtAnAddressThatChangesWithThem() throws Exception {
        assertThat(main()).matches("/console/[0-9a-f]{32}/js/main\\.js");
        web.perform(get(main())).andExpect(header().string("Cache-Control", containsString("immutable")));
        web.perform(get("/console/js/main.js")).andExpect(status().isNotFound());
        web.perform(get(main().replaceFirst("[0-9a-f]{32}", "0".repeat(32)))).andExpect(status().isNotFound());
    }

    @Test
    void librariesAreKeptForGood() throws Exception {
        web.perform(get(address("preact.module.js")))
                .andExpect(content().contentTypeCompatibleWith("text/javascript"))
                .andExpect(header().string("Cache-Control", containsString("immutable")));
    }

    private String main() throws Exception {
        return address("/main.js");
    }

    /** The address in the page that ends like this. */
    private String address(String end) throws Exception {
        return ADDRESS.matcher(page())
                .results()
                .map(match -> match.group(1))
                .filter(address -> address.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private String page() throws Exception {
        return web.perform(get("/"))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("text/html"))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
