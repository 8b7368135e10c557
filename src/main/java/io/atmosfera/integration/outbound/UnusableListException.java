package io.atmosfera.integration.outbound;

import io.atmosfera.integration.http.Problem;
import org.springframework.http.HttpStatus;

/** A list cannot be read to its end as another system gives it; the message says why. */
public class UnusableListException extends RemoteException {

    public UnusableListException(String why) {
        super(Problem.of(HttpStatus.BAD_GATEWAY, why));
    }
}
