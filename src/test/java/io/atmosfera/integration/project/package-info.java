/** What tickets, repositories and tests belong to, tried from outside. */
@NullMarked
package io.atmosfera.integration.project;

import org.jspecify.annotations.NullMarked;
