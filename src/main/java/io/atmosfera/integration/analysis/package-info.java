/** What a repository's files say about it: how paths are classified, what contents show, and the report made of both. */
@NullMarked
package io.atmosfera.integration.analysis;

import org.jspecify.annotations.NullMarked;
