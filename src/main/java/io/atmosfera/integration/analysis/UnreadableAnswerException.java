package io.atmosfera.integration.analysis;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.outbound.RemoteException;
import org.springframework.http.HttpStatus;

/** What came is no list of files. */
public class UnreadableAnswerException extends RemoteException {

    UnreadableAnswerException() {
        super(Problem.of(
                HttpStatus.BAD_GATEWAY,
                "Something else came instead of GitHub's list of files. Check that apiUrl is the address of the API."));
    }
}
