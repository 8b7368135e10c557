/** Calls to other systems: where they may go, with which credential, and when a connection is left alone. */
@NullMarked
package io.atmosfera.integration.outbound;

import org.jspecify.annotations.NullMarked;
