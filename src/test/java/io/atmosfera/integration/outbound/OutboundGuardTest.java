package io.atmosfera.integration.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundGuardTest {

    private static OutboundGuard guard(boolean http, String... networks) {
        return new OutboundGuard(new OutboundProperties(http, List.of(networks)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1/, loopback",
        "https://127.1.2.3:8443/x, loopback",
        "https://localhost/, loopback",
        "https://[::1]/, loopback",
        "https://10.0.0.1/, private",
        "https://172.16.0.1/, private",
        "https://172.31.255.255/, private",
        "https://192.168.1.1/, private",
        "https://169.254.1.1/, link-local",
        "https://169.254.169.254/latest/meta-data/, metadata",
        "https://[fd00:ec2::254]/, metadata",
        "https://100.64.0.1/, provider",
        "https://100.127.255.255/, provider",
        "https://0.0.0.0/, unspecified",
        "https://0.1.2.3/, unspecified",
        "https://[::]/, unspecified",
        "https://224.0.0.1/, multicast",
        "https://255.255.255.255/, reserved",
        "https://[ff02::1]/, multicast",
        "https://[fc00::1]/, private",
        "https://[fdff::1]/, private",
        "https://[fe80::1]/, link-local",
        "https://[fec0::1]/, private",
        "https://[::ffff:127.0.0.1]/, loopback",
        "https://[::ffff:7f00:1]/, loopback",
        "https://[::127.0.0.1]/, loopback",
        "https://[64:ff9b::7f00:1]/, loopback",
        "https://[64:ff9b::a9fe:a9fe]/, metadata",
        "https://[64:ff9b:1::1]/, private",
        "https://[2002:7f00:1::]/, loopback",
        "https://[2002:a9fe:a9fe::1]/, metadata",
        "https://[2002:c0a8:101::1]/, private",
        "https://[2001:0:1:2:3:4:80ff:fffe]/, loopback",
        "https://2130706433/, different ways",
        "https://0x7f000001/, different ways",
        "https://0x7f.0.0.1/, different ways",
        "https://017700000001/, different ways",
        "https://0177.0.0.1/, different ways",
        "https://127.1/, different ways",
        "https://127.0.0.1./, different ways",
        "https://127.000.000.001/, different ways",
        "http://93.184.215.14/, must begin with https",
        "ftp://93.184.215.14/, must begin with https",
        "file:///etc/passwd, must begin with https",
        "https:///x, no host name",
        "https://user@93.184.215.14/, user name",
        "https://user:secret@93.184.215.14/, user name",
        "https://93.184.215.14@127.0.0.1/, user name"
    })
    void forbids(String address, String reason) {
        assertThatThrownBy(() -> guard(false).check(URI.create(address)))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.215.14/",
                "https://172.15.0.1/",
                "https://172.32.0.1/",
                "https://100.63.255.255/",
                "https://[2606:4700::1111]/",
                "https://[64:ff9b::5db8:d70e]/",
                "HTTPS://nowhere.invalid/"
            })
    void allowsPublicAddresses(String address) {
        assertThatCode(() -> guard(false).check(URI.create(address))).doesNotThrowAnyException();
    }

    @Test
    void allowsWhatTheAdministratorAllowed() {
        OutboundGuard guard = guard(true, "127.0.0.0/8", "fd00:1::/32");
        assertThatCode(() -> guard.check(URI.create("http://127.0.0.1:8090/"))).doesNotThrowAnyException();
        assertThatCode(() -> guard.check(URI.create("http://[fd00:1::5]/"))).doesNotThrowAnyException();
        assertThatCode(() -> guard.check(URI.create("http://[::ffff:127.0.0.1]/")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.check(URI.create("http://[fd00:2::5]/")))
                .isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> guard.check(URI.create("http://10.0.0.1/")))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "localhost/8", "::/129", "x/8", "010.0.0.0/8", "10.0.0.0/-1"})
    void networksMustBeNetworks(String network) {
        assertThatThrownBy(() -> guard(false, network)).hasMessageContaining(network);
    }

    /** A name whose address is another one at every look. */
    private static DnsResolver answering(String... addresses) {
        AtomicInteger look = new AtomicInteger();
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                int turn = Math.min(look.getAndIncrement(), addresses.length - 1);
                return InetAddress.getAllByName(addresses[turn]);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Test
    void aNameThatLeadsElsewhereByTheTimeOfTheCallIsRefused() throws IOException {
        OutboundGuard guard =
                new OutboundGuard(new OutboundProperties(true, List.of()), answering("93.184.215.14", "127.0.0.1"));
        guard.check(URI.create("http://rebinding.example/"));
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard.dnsResolver())
                .build();
        try (var client = HttpClients.custom().setConnectionManager(connections).build()) {
            assertThatThrownBy(() -> client.execute(new HttpGet("http://rebinding.example/"), answer -> 0))
                    .isInstanceOf(UnknownHostException.class)
                    .hasCauseInstanceOf(ForbiddenAddressException.class);
            for (String odd :
                    List.of("http://127.0.0.1/", "http://[::1]/", "http://0x7f.1/", "http://[::ffff:7f00:1]/")) {
                assertThatThrownBy(() -> client.execute(new HttpGet(odd), answer -> 0))
                        .as(odd)
                        .hasCauseInstanceOf(ForbiddenAddressException.class);
            }
        }
    }

    @Test
    void oneForbiddenAddressAmongOthersIsEnough() {
        OutboundGuard guard = new OutboundGuard(new OutboundProperties(false, List.of()), new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {InetAddress.getByName("93.184.215.14"), InetAddress.getByName("192.168.0.1")};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
        assertThatThrownBy(() -> guard.check(URI.create("https://two.example/")))
                .hasMessageContaining("two.example")
                .hasMessageContaining("192.168.0.1");
    }

    @Test
    void redirectsStayWhereTheyAre() throws IOException {
        HttpServer here = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        String base = "http://127.0.0.1:" + here.getAddress().getPort();
        here.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/end")) {
                exchange.sendResponseHeaders(204, -1);
            } else {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                path.equals("/stay") ? base + "/end" : base.replace("127.0.0.1", "localhost") + "/end");
                exchange.sendResponseHeaders(302, -1);
            }
            exchange.close();
        });
        here.start();
        try (var client = HttpClients.custom()
                .setRedirectStrategy(guard(true, "127.0.0.0/8").guardedRedirectStrategy())
                .build()) {
            assertThat(client.<Integer>execute(new HttpGet(base + "/stay"), answer -> answer.getCode()))
                    .isEqualTo(204);
            assertThat(client.<Integer>execute(new HttpGet(base + "/leave"), answer -> answer.getCode()))
                    .isEqualTo(302);
        } finally {
            here.stop(0);
        }
    }
}
