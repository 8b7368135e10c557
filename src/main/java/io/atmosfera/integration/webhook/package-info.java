/** Takes webhooks in: verifies, stores before it answers, and applies them later in the order of each entity. */
@NullMarked
package io.atmosfera.integration.webhook;

import org.jspecify.annotations.NullMarked;
