package io.atmosfera.sandbox.github;

/**
 * An issue of a Jira that work in the repository is about.
 *
 * @param key such as DEMO-12
 * @param summary what it is about, in a line
 */
public record Ticket(String key, String summary) {}
