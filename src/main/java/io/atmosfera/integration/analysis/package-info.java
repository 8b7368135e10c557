/** What a repository's files say about it: how paths are told apart, what contents come to, and the answer made of both. */
@NullMarked
package io.atmosfera.integration.analysis;

import org.jspecify.annotations.NullMarked;
