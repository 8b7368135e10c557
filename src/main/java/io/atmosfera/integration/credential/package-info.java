/** The secrets of other systems, encrypted at rest: a master key wraps the data keys, a data key seals the secrets. */
@NullMarked
package io.atmosfera.integration.credential;

import org.jspecify.annotations.NullMarked;
