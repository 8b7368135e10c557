package example.careless.tea;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Breaks: configuration is records. */
@ConfigurationProperties("example.careless.tea")
public class TeaProperties {

    private int cups = 1;

    public int getCups() {
        return cups;
    }

    public void setCups(int cups) {
        this.cups = cups;
    }
}
