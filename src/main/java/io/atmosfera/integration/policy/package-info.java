/** Policies: how routes run some of their steps, by name and visible in Hawtio. */
@NullMarked
package io.atmosfera.integration.policy;

import org.jspecify.annotations.NullMarked;
