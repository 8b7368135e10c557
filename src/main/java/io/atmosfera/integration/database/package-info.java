/** Where the rows are kept: an external PostgreSQL, or an embedded one for the first run. */
@NullMarked
package io.atmosfera.integration.database;

import org.jspecify.annotations.NullMarked;
