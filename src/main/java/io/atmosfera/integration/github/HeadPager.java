package io.atmosfera.integration.github;

import io.atmosfera.integration.sync.ListPager;
import io.atmosfera.integration.sync.ListRequest;
import io.atmosfera.integration.sync.StreamRun;
import io.atmosfera.integration.sync.SyncStream;
import io.atmosfera.integration.sync.SyncStreams;

/** The commits of a branch; if GitHub cannot compare them with what is known, all of them. */
final class HeadPager extends ListPager {

    private final GitHubHeads heads;
    private final GitHubConnection connection;

    HeadPager(
            SyncStreams streams,
            SyncStream stream,
            StreamRun run,
            String first,
            GitHubHeads heads,
            GitHubConnection connection) {
        super(streams, stream, run, first);
        this.heads = heads;
        this.connection = connection;
    }

    @Override
    public ListRequest instead(ListRequest refused, Throwable failure) throws Throwable {
        return requestOf(heads.instead(failure, refused.url(), connection));
    }
}
