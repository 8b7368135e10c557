package io.atmosfera.integration.http;

import org.eclipse.jetty.server.Request;

/**
 * A request that the {@link SignedDoor} let in, with all of its body.
 *
 * @param request  as it came
 * @param address  where it came from
 * @param variable the name of the path's variable, empty if there is none
 * @param value    its digits
 * @param visitor  what saw the body come in
 * @param body     the body, which holds a part of the budget until it is closed
 */
record SignedRequest(
        Request request,
        String address,
        String variable,
        String value,
        DoorKeeper.Visitor visitor,
        ReceivedBody body) {}
