@NullMarked
package io.atmosfera.integration.console;

import org.jspecify.annotations.NullMarked;
