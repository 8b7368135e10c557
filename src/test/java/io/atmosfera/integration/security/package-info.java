/** Who may do what, tried from outside. */
@NullMarked
package io.atmosfera.integration.security;

import org.jspecify.annotations.NullMarked;
