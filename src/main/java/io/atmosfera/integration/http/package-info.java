/** What every HTTP answer of the platform has in common: the contract, problems, headers, pages of a list. */
@NullMarked
package io.atmosfera.integration.http;

import org.jspecify.annotations.NullMarked;
