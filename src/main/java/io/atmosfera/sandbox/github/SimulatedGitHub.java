package io.atmosfera.sandbox.github;

import io.atmosfera.sandbox.http.Delivery;
import io.atmosfera.sandbox.http.LoopbackServer;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import io.atmosfera.sandbox.http.RequestLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A small GitHub in memory, with the REST API of one repository on the loopback address.
 *
 * <p>In profile {@code sandbox} it gives a first user pull requests and runs that belong to the tickets of the simulated Jira.
 */
public final class SimulatedGitHub implements AutoCloseable {

    private static final String PERSONS_PAGE =
            "<!DOCTYPE html><html><head><title>Simulated GitHub</title></head><body><h1>Simulated GitHub</h1>"
                    + "<p>This is where GitHub's own page would be. The sandbox has its API only.</p></body></html>";

    private final Options options;
    private final LoopbackServer server;
    private final GitHubApi api;
    private final HooksApi hooks;
    private final RepositoryChanges changes;
    private final GitHubControl control;
    private final RequestLog requests = new RequestLog();

    private SimulatedGitHub(Options options, LoopbackServer server) {
        this.options = options;
        this.server = server;
        Instant now = options.clock.instant();
        Shapes shapes = new Shapes(server.baseUri().toString(), options.repository);
        Repository repository =
                new Repository(shapes, new CommitGraph(String.valueOf(options.seed)), HistoryGenerator.begin(now));
        Random dice = new Random(options.seed);
        Work work = new Work(repository, dice);
        new HistoryGenerator(work, options.tickets.get(), dice, now).populate();
        // What happens from now on does not follow from the seed, and must not look like what happened in an earlier
        // start.
        repository.goesOn(now.toEpochMilli(), UUID.randomUUID().toString());
        Paging paging = new Paging(shapes);
        hooks = new HooksApi(repository, paging, options.clock);
        repository.listen(hooks::event);
        api = new GitHubApi(repository, options.token, hooks, paging, options.clock);
        changes = new RepositoryChanges(repository, work, options.tickets, options.clock, new Random());
        control = new GitHubControl(repository, changes, work);
    }

    /** Binds the port, makes the history and answers from then on. */
    public static SimulatedGitHub start(Options options) {
        LoopbackServer server = LoopbackServer.bind("simulated GitHub", options.port, options.clock);
        try {
            SimulatedGitHub github = new SimulatedGitHub(options, server);
            server.start(github::handle);
            if (!options.changeInterval.isZero()) {
                github.changes.start(options.changeInterval);
            }
            return github;
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    @Override
    public void close() {
        changes.stop();
        hooks.stop();
        server.stop();
    }

    /** The address of the API: {@code http://127.0.0.1:port}, without a slash at the end. */
    public URI baseUri() {
        return server.baseUri();
    }

    /** owner/name */
    public String repository() {
        return options.repository;
    }

    /** The requests to the API since the start, oldest first; at most 10,000. */
    public List<RecordedRequest> requests() {
        return requests.all();
    }

    /** Does at once what would happen by itself after the change interval. */
    public void changeSomething() {
        changes.change();
    }

    private Delivery handle(RecordedRequest request) {
        if (request.path().matches("/sandbox(/.*)?")) {
            return Delivery.whole(control.answer(request));
        }
        if (Objects.requireNonNullElse(request.header("Accept"), "").startsWith("text/html")) {
            return Delivery.whole(Reply.of(200, Reply.HTML, PERSONS_PAGE));
        }
        requests.add(request);
        return Delivery.whole(api.answer(request));
    }

    /** How a simulated GitHub is set up. */
    public static final class Options {

        private int port;
        private String repository = "tideline/tideline";
        private String token = "sandbox";
        private long seed = 42;
        private Duration changeInterval = Duration.ZERO;
        private Clock clock = Clock.systemUTC();
        private Supplier<List<Ticket>> tickets = List::of;

        /** 0, the default, is any free port. */
        public Options port(int value) {
            this.port = value;
            return this;
        }

        /** owner/name of its repository. */
        public Options repository(String fullName) {
            this.repository = fullName;
            return this;
        }

        /** The one that is right. */
        public Options token(String value) {
            this.token = value;
            return this;
        }

        /** What the history follows from. */
        public Options seed(long value) {
            this.seed = value;
            return this;
        }

        /** Lets work go on by itself that often; zero, the default, is never. */
        public Options changeInterval(Duration interval) {
            this.changeInterval = interval;
            return this;
        }

        public Options clock(Clock value) {
            this.clock = value;
            return this;
        }

        /** The issues that work is about, oldest first. Without them nothing names a ticket. */
        public Options tickets(Supplier<List<Ticket>> supplier) {
            this.tickets = supplier;
            return this;
        }
    }
}
