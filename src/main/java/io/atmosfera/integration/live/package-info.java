/** Live updates: what changes is told to whoever follows it, over a WebSocket. */
@NullMarked
package io.atmosfera.integration.live;

import org.jspecify.annotations.NullMarked;
