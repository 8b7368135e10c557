package io.atmosfera.integration.github;

import io.atmosfera.integration.outbound.RefusedException;

/** A repository's name belongs to another repository now. */
public class AnotherRepositoryException extends RefusedException {

    AnotherRepositoryException(String name, long former, long present) {
        super(
                Reason.ELSEWHERE,
                name + " is another repository now: GitHub's number of it is " + present + ", it was " + former
                        + ". What was collected of the former one stays under a name of its own; the next sync reads the new one.");
    }
}
