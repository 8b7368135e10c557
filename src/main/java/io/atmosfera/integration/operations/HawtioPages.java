package io.atmosfera.integration.operations;

import io.hawt.springboot.HawtioPlugin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What the platform adds to Hawtio. */
@Configuration(proxyBeanMethods = false)
class HawtioPages implements WebMvcConfigurer {

    /** Names of these files have a hash of their content. Hawtio alone has the browser ask for 11 MB at each visit. */
    private static final String HASHED = "/actuator/hawtio/static/**";

    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    /** Shows some hundred routes as fast as one (the script says how). */
    @Bean
    HawtioPlugin routesParsedOnce() {
        HawtioPlugin plugin = new HawtioPlugin("atmosfera", "./plugin", "/actuator/hawtio/js");
        plugin.setRemoteEntryFileName("routes-parsed-once.js");
        plugin.setBustRemoteEntryCache(false);
        return plugin;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(
                            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler) {
                        response.setHeader(HttpHeaders.CACHE_CONTROL, FOR_GOOD.getHeaderValue());
                        response.setHeader(HttpHeaders.PRAGMA, null);
                        return true;
                    }
                })
                .addPathPatterns(HASHED);
    }
}
