/** A project's repository at GitHub, with a stand-in for GitHub that says what tests want it to say. */
@NullMarked
package io.atmosfera.integration.github;

import org.jspecify.annotations.NullMarked;
