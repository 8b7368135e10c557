/**
 * Somebody else's Jira and GitHub, simulated, for a first look and for tests. In profile {@code sandbox} they run beside the
 * platform, which they know only by its HTTP API, as any client does.
 */
@NullMarked
package io.atmosfera.sandbox;

import org.jspecify.annotations.NullMarked;
