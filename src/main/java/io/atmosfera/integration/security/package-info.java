/** Who may do what: tokens, roles, limits on how often and how much. */
@NullMarked
package io.atmosfera.integration.security;

import org.jspecify.annotations.NullMarked;
