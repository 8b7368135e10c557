/** Addresses outside. */
@NullMarked
package io.atmosfera.integration.outbound;

import org.jspecify.annotations.NullMarked;
