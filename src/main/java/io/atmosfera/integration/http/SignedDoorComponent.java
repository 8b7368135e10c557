package io.atmosfera.integration.http;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** URIs such as {@code signed-door:/api/webhooks/jira}: routes that the {@link SignedDoor} leads to. */
public class SignedDoorComponent extends DefaultComponent {

    private final SignedDoor door;

    public SignedDoorComponent(SignedDoor door) {
        this.door = door;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DoorEndpoint(uri, remaining, this);
    }

    /** One address of the door. */
    private final class DoorEndpoint extends DefaultEndpoint {

        private final String path;

        DoorEndpoint(String uri, String path, SignedDoorComponent component) {
            super(uri, component);
            this.path = path;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            SignedDoorConsumer consumer = new SignedDoorConsumer(this, processor, door, path);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("The door is for what comes in");
        }
    }
}
