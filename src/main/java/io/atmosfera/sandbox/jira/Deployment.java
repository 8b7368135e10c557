package io.atmosfera.sandbox.jira;

/** Which of the two Jira products is simulated. */
public enum Deployment {
    CLOUD,
    DATACENTER
}
