/** A project's repository at GitHub: the connection to it, and the work that its events ask for. */
@NullMarked
package io.atmosfera.integration.github;

import org.jspecify.annotations.NullMarked;
