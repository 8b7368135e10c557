package io.atmosfera.integration.jira;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a page of issues, as {@code jira-store-issues} takes them.
 *
 * @param run             whose issues they are
 * @param ready           the page
 * @param pageNumber      which page of the crawl it is, from 1; 0 outside of a sync
 * @param mappingWarnings what the mapping has left out up to now, as the sync's log says it; null for nothing
 */
public record IssueRows(SyncRun run, ReadyPage ready, int pageNumber, @Nullable String mappingWarnings) {

    /** The parameters of {@code sql/jira/issues-store.sql}, by name: evaluating each by itself costs more than mapping. */
    public Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>(ready.columns());
        run.withoutDiscussions(parameters);
        parameters.put("syncId", run.getSyncId());
        parameters.put("projectId", run.getProjectId());
        parameters.put("site", run.getSite());
        parameters.put("counting", run.isCounting() && run.getSyncId() != 0);
        parameters.put("telling", run.getMode().equals(SyncRun.Mode.INCREMENTAL.name()));
        parameters.put("pageNumber", pageNumber);
        return parameters;
    }

    /** Whether some of its issues have more changelog entries than came with them, which only Cloud cuts. */
    public boolean isLackingHistory() {
        return ready.getHasLongHistories() && run.getConnection().isCloud();
    }

    /** What the page says about Jira's project that was not known, by its first issue; null if nothing. */
    public @Nullable JiraProject learned() {
        IssuePage page = ready.page();
        return page.size() == 0
                ? null
                : JiraProject.learned(run.getConnection(), page.issues().get(0));
    }
}
