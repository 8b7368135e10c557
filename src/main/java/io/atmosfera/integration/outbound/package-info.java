/** Which addresses outside the platform may be called. */
@NullMarked
package io.atmosfera.integration.outbound;

import org.jspecify.annotations.NullMarked;
