package io.atmosfera.integration.sandbox;

/** A reply and how much of it reaches the client. */
record Delivery(Reply reply, Extent extent) {

    enum Extent {
        WHOLE,
        /** The announced length is right, but the connection ends half-way. */
        CUT,
        /** The connection is closed without an answer. */
        NOTHING
    }

    static Delivery whole(Reply reply) {
        return new Delivery(reply, Extent.WHOLE);
    }

    static Delivery cut(Reply reply) {
        return new Delivery(reply, Extent.CUT);
    }

    static Delivery nothing() {
        return new Delivery(Reply.noContent(), Extent.NOTHING);
    }
}
