/** Tests of the whole platform, and what they have in common. */
@NullMarked
package io.atmosfera.integration;

import org.jspecify.annotations.NullMarked;
