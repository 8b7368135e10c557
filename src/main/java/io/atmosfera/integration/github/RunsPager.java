package io.atmosfera.integration.github;

import io.atmosfera.integration.sync.ListPager;
import io.atmosfera.integration.sync.ListRequest;
import io.atmosfera.integration.sync.StreamPage;
import io.atmosfera.integration.sync.StreamRun;
import io.atmosfera.integration.sync.SyncStream;
import io.atmosfera.integration.sync.SyncStreams;
import org.jspecify.annotations.Nullable;

/** The pages of workflow runs: in place of a span of time that has more runs than GitHub shows, its later half is requested. */
final class RunsPager extends ListPager {

    private final GitHubRuns runs;
    private final GitHubConnection connection;

    RunsPager(
            SyncStreams streams,
            SyncStream stream,
            StreamRun run,
            @Nullable String first,
            GitHubRuns runs,
            GitHubConnection connection) {
        super(streams, stream, run, first);
        this.runs = runs;
        this.connection = connection;
    }

    @Override
    public @Nullable Object turn(ListRequest request, StreamPage page, @Nullable Object prepared) {
        Object body = super.turn(request, page, prepared);
        return isTooLong(request, page) ? null : body;
    }

    @Override
    public @Nullable ListRequest next(ListRequest request, StreamPage page) {
        return isTooLong(request, page)
                ? requestOf(runs.shorter(request.url(), connection))
                : super.next(request, page);
    }

    private boolean isTooLong(ListRequest request, StreamPage page) {
        return !page.notModified() && runs.tooMany(request.url(), page);
    }
}
