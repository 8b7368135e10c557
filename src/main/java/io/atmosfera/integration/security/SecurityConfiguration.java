package io.atmosfera.integration.security;

import io.atmosfera.integration.http.AddressLimit;
import io.atmosfera.integration.http.BodyBudget;
import io.atmosfera.integration.http.ClientAddresses;
import io.atmosfera.integration.http.Contract;
import io.atmosfera.integration.http.Operations;
import io.atmosfera.integration.http.ProblemWriter;
import io.atmosfera.integration.outbound.Network;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The way of a request: who is it (401) → how often (429) → may it (403) → is there such a thing (404, 405) → does it run
 * (503) → can its query be read (400) → is its body small enough (413) and of the right type (415) → the routes.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain everyRequest(
            HttpSecurity http,
            ApiTokens tokens,
            RequestLimits limits,
            Contract contract,
            ContractRoles contractRoles,
            Refusals refusals,
            SecurityProperties properties,
            BodyBudget budget,
            Operations operations,
            ProblemWriter problems)
            throws Exception {
        var unknown = new UnknownAddressFilter(contract, problems);
        var body = new BodyFilter(properties.dataValidation().maxPayloadSize(), budget, contract, problems);
        return http.csrf(AbstractHttpConfigurer::disable) // No cookie says who is calling.
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(requests -> requests
                        // The second half of a request that was let in, or the answer to one that was not.
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(Doors.PUBLIC)
                        .permitAll()
                        .requestMatchers(Doors.METRICS, Doors.LIVE)
                        .hasRole(Role.VIEWER.name())
                        .requestMatchers(Doors.CONSOLES)
                        .access(administratorOnThisSite())
                        .requestMatchers(Doors.ACTUATOR)
                        .hasRole(Role.ADMIN.name())
                        .anyRequest()
                        .access(contractRoles))
                .addFilterBefore(new TokenFilter(tokens, problems), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new RateLimitFilter(limits, problems), TokenFilter.class)
                .addFilterAfter(unknown, AuthorizationFilter.class)
                .addFilterAfter(new StartedFilter(contract, operations, problems), UnknownAddressFilter.class)
                .addFilterAfter(new PlainQueryFilter(problems), StartedFilter.class)
                .addFilterAfter(body, PlainQueryFilter.class)
                .addFilterAfter(new CallerFilter(contract), BodyFilter.class)
                .build();
    }

    // A browser sends a password that it knows with every request, also with those that a page of another site makes.
    private static AuthorizationManager<RequestAuthorizationContext> administratorOnThisSite() {
        return AuthorizationManagers.allOf(
                AuthorityAuthorizationManager.hasRole(Role.ADMIN.name()),
                (caller, context) -> new AuthorizationDecision(!Doors.fromAnotherSite(context.getRequest())));
    }

    @Bean
    AddressLimit wrongSignatures(RequestLimits limits) {
        return address -> limits.secondsToWait("signature " + ClientAddresses.party(address));
    }

    @Bean
    ClientAddresses clientAddresses(SecurityProperties properties) {
        return new ClientAddresses(
                properties.trustedProxies().stream().map(Network::parse).toList());
    }

    /** Refuses addresses with tricks; an unknown method is no trick and gets its 405. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }
}
