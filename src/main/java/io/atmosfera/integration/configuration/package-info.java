/** How a wrong configuration is reported. */
@NullMarked
package io.atmosfera.integration.configuration;

import org.jspecify.annotations.NullMarked;
