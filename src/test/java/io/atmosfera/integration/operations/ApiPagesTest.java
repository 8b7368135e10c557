package io.atmosfera.integration.operations;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.web.SpringJUnitWebConfig;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

@SpringJUnitWebConfig({ApiPages.class, ApiPagesTest.Mvc.class})
class ApiPagesTest {

    @EnableWebMvc
    static class Mvc {}

    private final MockMvc web;

    @Autowired
    ApiPagesTest(WebApplicationContext context) {
        this.web = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void theContractIsServed() throws Exception {
        web.perform(get("/openapi.yaml"))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("text/yaml"))
                .andExpect(header().string("Cache-Control", "no-cache"))
                .andExpect(content().string(containsString("operationId: project-list")))
                .andExpect(content().string(containsString("\n  version: development\n")));
    }

    @Test
    void swaggerUiShowsTheContract() throws Exception {
        web.perform(get("/swagger-ui")).andExpect(redirectedUrl("/swagger-ui/index.html"));
        web.perform(get("/swagger-ui/index.html"))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Security-Policy", containsString("default-src 'none'")));
        web.perform(get("/swagger-ui/swagger-ui-bundle.js")).andExpect(status().isOk());
        web.perform(get("/swagger-ui/swagger-initializer.js"))
                .andExpect(content().string(containsString("/openapi.yaml")))
                .andExpect(content().string(not(containsString("petstore"))));
    }
}
