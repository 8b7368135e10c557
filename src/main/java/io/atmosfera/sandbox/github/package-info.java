/**
 * A small GitHub with one repository, whose history is generated and goes on by itself. It answers as the REST API does, and
 * delivers webhooks to the hooks that a client makes there.
 */
@NullMarked
package io.atmosfera.sandbox.github;

import org.jspecify.annotations.NullMarked;
