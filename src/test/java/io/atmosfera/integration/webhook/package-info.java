@NullMarked
package io.atmosfera.integration.webhook;

import org.jspecify.annotations.NullMarked;
