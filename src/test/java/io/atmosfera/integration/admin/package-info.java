/** What administrators do. */
@NullMarked
package io.atmosfera.integration.admin;

import org.jspecify.annotations.NullMarked;
