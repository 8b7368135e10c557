package io.atmosfera.integration.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SameSiteTest {

    @ParameterizedTest
    @CsvSource({
        "/actuator/jolokia, https://other.example,  403",
        "/actuator/jolokia, null,                   403",
        "/actuator/jolokia, not an address,         403",
        "/actuator/jolokia, http://localhost:8080,  200",
        "/actuator/jolokia, ,                       200",
        "/api/projects,     https://other.example,  200"
    })
    void managementPagesAnswerTheirOwnSiteOnly(String path, @Nullable String origin, int status) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.addHeader("Host", "localhost:8080");
        if (origin != null) {
            request.addHeader("Origin", origin);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();

        new SameSite().doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(status);
    }
}
