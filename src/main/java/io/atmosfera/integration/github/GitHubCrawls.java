package io.atmosfera.integration.github;

import io.atmosfera.integration.sync.Crawl;
import io.atmosfera.integration.sync.Crawls;
import io.atmosfera.integration.sync.StreamRun;
import io.atmosfera.integration.sync.SyncStream;
import io.atmosfera.integration.sync.SyncStreams;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Begins crawls of GitHub's lists that are more than a list. The variables are those of {@link Crawls#of}. */
@Component("githubCrawls")
public class GitHubCrawls {

    private final Crawls crawls;
    private final SyncStreams streams;
    private final GitHubHeads heads;
    private final GitHubRuns runs;

    GitHubCrawls(Crawls crawls, SyncStreams streams, GitHubHeads heads, GitHubRuns runs) {
        this.crawls = crawls;
        this.streams = streams;
        this.heads = heads;
        this.runs = runs;
    }

    /** The commits of a branch from an address on. */
    public Crawl<?, ?, ?> branch(
            SyncStream stream,
            StreamRun run,
            String first,
            GitHubConnection connection,
            Map<String, Object> variables) {
        return crawls.of(new HeadPager(streams, stream, run, first, heads, connection), variables);
    }

    /** The workflow runs of a repository, the newest first. */
    public Crawl<?, ?, ?> runs(
            SyncStream stream, StreamRun run, GitHubConnection connection, Map<String, Object> variables) {
        String first = streams.position(run, connection.api("/actions/runs?per_page=100"));
        return crawls.of(new RunsPager(streams, stream, run, first, runs, connection), variables);
    }
}
