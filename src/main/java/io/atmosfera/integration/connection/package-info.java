/** What is said once of each source: its name, how its webhooks come in, what its failures mean. Shared code asks here and names no source. */
@NullMarked
package io.atmosfera.integration.connection;

import org.jspecify.annotations.NullMarked;
