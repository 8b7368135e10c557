/**
 * A small Jira that runs inside the platform in profile {@code sandbox}, and that the tests run against.
 *
 * <p>It imitates the parts of real Jira that have cost somebody data, so nothing here is "nicer" than the original.
 */
@NullMarked
package io.atmosfera.sandbox.jira;

import org.jspecify.annotations.NullMarked;
