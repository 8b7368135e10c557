@NullMarked
package io.atmosfera.integration.source;

import org.jspecify.annotations.NullMarked;
