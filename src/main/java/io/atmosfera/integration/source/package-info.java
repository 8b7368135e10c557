/** Sources that are files in the routes folder: how they are found, and what a REST API of any kind needs of Java. */
@NullMarked
package io.atmosfera.integration.source;

import org.jspecify.annotations.NullMarked;
