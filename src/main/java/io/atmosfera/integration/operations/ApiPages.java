package io.atmosfera.integration.operations;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The contract at {@code /openapi.yaml}, and the pages of Swagger UI that show it at {@code /swagger-ui}. */
@Configuration(proxyBeanMethods = false)
class ApiPages implements WebMvcConfigurer {

    private static final String PAGES = "/swagger-ui/";
    private static final String FIRST_PAGE = PAGES + "index.html";
    private static final Pattern VERSION = Pattern.compile("(?m)^  version: .*$");
    private static final MediaType YAML = new MediaType("text", "yaml", StandardCharsets.UTF_8);

    /** Styles may stand in the page: Swagger UI sets some on its elements. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    RouterFunction<ServerResponse> contractPage(ObjectProvider<BuildProperties> build) {
        ClassPathResource contract = new ClassPathResource("openapi/integration-api.yaml");
        BuildProperties built = build.getIfAvailable();
        String version = Matcher.quoteReplacement(built == null ? "development" : built.getVersion());
        return RouterFunctions.route()
                .GET("/openapi.yaml", request -> ServerResponse.ok()
                        .contentType(YAML)
                        .cacheControl(CacheControl.noCache())
                        .body(VERSION.matcher(contract.getContentAsString(StandardCharsets.UTF_8))
                                .replaceFirst("  version: " + version)))
                .build();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // Ours first: the library's own start script shows a pet store.
        registry.addResourceHandler(PAGES + "**")
                .addResourceLocations("classpath:/swagger-ui/", library())
                .setCacheControl(CacheControl.noCache());
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/swagger-ui", FIRST_PAGE);
        registry.addRedirectViewController(PAGES, FIRST_PAGE);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
                        response.setHeader("X-Content-Type-Options", "nosniff");
                        return true;
                    }
                })
                .addPathPatterns(PAGES + "**");
    }

    private static String library() {
        try {
            String version = PropertiesLoaderUtils.loadAllProperties(
                            "META-INF/maven/org.webjars/swagger-ui/pom.properties")
                    .getProperty("version");
            return "classpath:/META-INF/resources/webjars/swagger-ui/" + version + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
