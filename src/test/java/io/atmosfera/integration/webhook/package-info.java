/** What a project's tickets go through on their way from Jira, with a Jira that misbehaves. */
@NullMarked
package io.atmosfera.integration.webhook;

import org.jspecify.annotations.NullMarked;
