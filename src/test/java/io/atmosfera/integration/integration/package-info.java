/** Tests of what all kinds of connections have in common. */
@NullMarked
package io.atmosfera.integration.integration;

import org.jspecify.annotations.NullMarked;
