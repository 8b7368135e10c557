package io.atmosfera.integration.analysis;

import org.jspecify.annotations.Nullable;

/**
 * How hard a file is to follow.
 *
 * @param lines      its lines
 * @param functions  its functions or methods with a body; null where nobody counted
 * @param complexity the sum of their cyclomatic complexities; null where nobody counted
 * @param max        the largest of them
 * @param nesting    how deep statements lie in each other at the deepest place
 */
record Complexity(
        int lines, @Nullable Integer functions, @Nullable Integer complexity, @Nullable Integer max, int nesting) {}
