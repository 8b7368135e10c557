/** What the routes under {@code routes/jira} need that is an algorithm rather than a flow. */
@NullMarked
package io.atmosfera.integration.jira;

import org.jspecify.annotations.NullMarked;
