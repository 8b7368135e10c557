package io.atmosfera.integration.http;

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Knows who may come in at the {@link SignedDoor}, by what stands before a body. */
@FunctionalInterface
public interface DoorKeeper {

    /**
     * Looks at the head of a request; nothing of its body has been read.
     *
     * @param path    the path as it was given to the door, with its variable's name
     * @param id      the variable's value, if the path has one
     * @param headers the request's headers by name
     * @param address where it comes from
     * @return what is to see the body as it comes in, and what the route then gets as its variable {@code visitor}
     * @throws RuntimeException where it may not come in; a {@link ProblemException} says why
     */
    Visitor admit(String path, @Nullable Long id, UnaryOperator<@Nullable String> headers, String address);

    /** A request on its way in. */
    interface Visitor {

        /** Takes note of the next bytes of the body. */
        void brings(ByteBuffer bytes);
    }
}
