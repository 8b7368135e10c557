package example.careless.tea;

import example.careless.milk.MilkService;
import org.apache.camel.Exchange;

/** Breaks: features do not import each other, no Exchange in a bean, no System.out. */
public class Tea {

    public void brew(Exchange exchange, MilkService milk) {
        System.out.println(milk);
    }
}
