/** The platform: a feature is a package, and a folder of routes and of SQL by the same name. */
@NullMarked
package io.atmosfera.integration;

import org.jspecify.annotations.NullMarked;
