/** Tests of the live updates. */
@NullMarked
package io.atmosfera.integration.live;

import org.jspecify.annotations.NullMarked;
