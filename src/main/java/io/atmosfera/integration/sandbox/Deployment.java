package io.atmosfera.integration.sandbox;

/** Which of the two Jira products is simulated. */
public enum Deployment {
    CLOUD,
    DATACENTER
}
