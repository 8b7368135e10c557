package io.atmosfera.integration.operations;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The console at {@code /}: its page and modules as they stand in {@code console/}, and the libraries they use. The page
 * names its modules by addresses that bear a hash of them all: a browser asks for them once, and never mixes the modules of
 * two versions.
 */
@Configuration(proxyBeanMethods = false)
class ConsolePages implements WebMvcConfigurer {

    private static final String PAGE = "/";
    private static final String MODULES = "/console/";
    private static final String CONSOLE = "classpath:/console/";
    private static final String LIBRARIES = "/webjars/";
    private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";
    private static final String MVNPM = "classpath:/META-INF/resources/_static/";

    /** What is at an address that bears a version or a hash never changes. */
    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final String modules = MODULES + hash() + "/";
    private final byte[] page = new String(bytes(new ClassPathResource("console/index.html")), StandardCharsets.UTF_8)
            .replace(MODULES, modules)
            .getBytes(StandardCharsets.UTF_8);
    private final String policy = ContentSecurityPolicy.of(new String(page, StandardCharsets.UTF_8));

    @Bean
    RouterFunction<ServerResponse> consolePage() {
        return RouterFunctions.route()
                .GET(PAGE, request -> ServerResponse.ok()
                        .contentType(HTML)
                        .cacheControl(CacheControl.noCache())
                        .eTag(tag(page))
                        .body(page))
                .build();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(modules + "**")
                .addResourceLocations(CONSOLE)
                .setUseLastModified(false)
                .setCacheControl(FOR_GOOD);
        library(registry, "preact", WEBJARS);
        library(registry, "uplot", WEBJARS);
        library(registry, "htm", MVNPM);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        response.setHeader("Content-Security-Policy", policy);
                        response.setHeader("X-Content-Type-Options", "nosniff");
                        response.setHeader("Referrer-Policy", "no-referrer");
                        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
                        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
                        return true;
                    }
                })
                .addPathPatterns(PAGE, MODULES + "**", LIBRARIES + "**");
    }

    private static void library(ResourceHandlerRegistry registry, String name, String origin) {
        registry.addResourceHandler(LIBRARIES + name + "/**")
                .addResourceLocations(origin + name + "/")
                .setCacheControl(FOR_GOOD);
    }

    /** Of all files of the console, names and contents. */
    private static String hash() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources(CONSOLE + "**/*.*");
            StringBuilder all = new StringBuilder();
            Arrays.stream(files)
                    .map(file -> file.getFilename() + tag(bytes(file)))
                    .sorted()
                    .forEach(all::append);
            return DigestUtils.md5DigestAsHex(all.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] content) {
        return "\"" + DigestUtils.md5DigestAsHex(content) + "\"";
    }

    private static byte[] bytes(Resource file) {
        try {
            return file.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
