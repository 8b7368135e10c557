/** Live updates: changes are sent to subscribers over a WebSocket. */
@NullMarked
package io.atmosfera.integration.live;

import org.jspecify.annotations.NullMarked;
