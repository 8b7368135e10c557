/** Events that wait to be applied, and what became of them: what the inbox and the features behind it say to each other. */
@NullMarked
package io.atmosfera.integration.inbox;

import org.jspecify.annotations.NullMarked;
