/** What a wrong configuration is told. */
@NullMarked
package io.atmosfera.integration.configuration;

import org.jspecify.annotations.NullMarked;
