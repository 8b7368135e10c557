/** Webhooks from the door to what comes of them. */
@NullMarked
package io.atmosfera.integration.webhook;

import org.jspecify.annotations.NullMarked;
