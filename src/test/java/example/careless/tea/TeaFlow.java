package example.careless.tea;

import org.apache.camel.builder.RouteBuilder;

/** Breaks: only *Routes extend RouteBuilder. */
public class TeaFlow extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:tea-flow").to("mock:tea");
    }
}
