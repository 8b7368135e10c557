package io.atmosfera.sandbox.http;

/** A reply and how much of it reaches the client. */
public record Delivery(Reply reply, Extent extent) {

    public enum Extent {
        WHOLE,
        /** The announced length is right, but the connection ends half-way. */
        CUT,
        /** The connection is closed without an answer. */
        NOTHING
    }

    public static Delivery whole(Reply reply) {
        return new Delivery(reply, Extent.WHOLE);
    }

    public static Delivery cut(Reply reply) {
        return new Delivery(reply, Extent.CUT);
    }

    public static Delivery nothing() {
        return new Delivery(Reply.noContent(), Extent.NOTHING);
    }
}
