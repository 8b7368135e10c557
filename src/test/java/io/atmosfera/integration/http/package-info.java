/** What tickets, repositories and tests belong to, tried from outside. */
@NullMarked
package io.atmosfera.integration.http;

import org.jspecify.annotations.NullMarked;
