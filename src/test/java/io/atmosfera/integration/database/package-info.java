/** Tests of what is kept, and of what the database tells by itself. */
@NullMarked
package io.atmosfera.integration.database;

import org.jspecify.annotations.NullMarked;
