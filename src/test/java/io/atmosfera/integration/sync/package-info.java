/** Syncs of any source. */
@NullMarked
package io.atmosfera.integration.sync;

import org.jspecify.annotations.NullMarked;
