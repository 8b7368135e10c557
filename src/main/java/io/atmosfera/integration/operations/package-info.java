/** What operators and developers look at: the management pages and how far they reach, the contract, the first words. */
@NullMarked
package io.atmosfera.integration.operations;

import org.jspecify.annotations.NullMarked;
