package io.atmosfera.integration.connection;

import io.atmosfera.integration.inbox.Webhooks;
import org.jspecify.annotations.Nullable;

/**
 * What the platform has to know of a source. The rest is in routes whose names begin with the source's name:
 * {@code NAME-config-changed} and {@code NAME-config-removed} do what a change of a connection means for what the source
 * keeps, within the transaction of that change; {@code NAME-events} applies what its webhooks brought
 * (docs/adr/0047, 0048).
 *
 * @param name     as routes, addresses and the database name it: {@code jira}
 * @param title    as people name it: {@code Jira}
 * @param items    what its syncs count, in the plural: {@code tickets}
 * @param failures what it means for its syncs that a call failed
 * @param webhooks how its webhooks come in; null if it has none
 */
public record Source(String name, String title, String items, SourceFailures failures, @Nullable Webhooks webhooks) {}
