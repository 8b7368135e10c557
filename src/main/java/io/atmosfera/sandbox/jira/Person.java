package io.atmosfera.sandbox.jira;

/** Somebody with an account. {@code accountId} is shown by Cloud, {@code name} and {@code key} by Data Center. */
record Person(String accountId, String name, String displayName, String email, String timeZone) {}
