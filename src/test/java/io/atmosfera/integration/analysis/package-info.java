/** Tests of what files say about a repository. */
@NullMarked
package io.atmosfera.integration.analysis;

import org.jspecify.annotations.NullMarked;
