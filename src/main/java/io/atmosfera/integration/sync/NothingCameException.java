package io.atmosfera.integration.sync;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.outbound.RemoteException;
import org.springframework.http.HttpStatus;

/** A sync asked and got nothing; the message says why. */
public class NothingCameException extends RemoteException {

    NothingCameException(String why) {
        super(Problem.of(HttpStatus.BAD_GATEWAY, why));
    }
}
