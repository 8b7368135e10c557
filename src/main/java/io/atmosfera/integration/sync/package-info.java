/** What the syncs of all sources have in common: who runs them, how they end, and how a stream of pages is walked. */
@NullMarked
package io.atmosfera.integration.sync;

import org.jspecify.annotations.NullMarked;
