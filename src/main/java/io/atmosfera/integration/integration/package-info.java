/** What all kinds of connections have in common: how they are. */
@NullMarked
package io.atmosfera.integration.integration;

import org.jspecify.annotations.NullMarked;
