/** Secrets at rest. */
@NullMarked
package io.atmosfera.integration.credential;

import org.jspecify.annotations.NullMarked;
