/** Programs that measure, run by {@code bench/run}; nothing here is a test. */
@NullMarked
package io.atmosfera.integration.bench;

import org.jspecify.annotations.NullMarked;
