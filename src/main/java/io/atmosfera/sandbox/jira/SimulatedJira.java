package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Delivery;
import io.atmosfera.sandbox.http.LoopbackServer;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.RequestLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small Jira in memory, with an HTTP API on the loopback address that behaves, and misbehaves, like the real one.
 *
 * <p>In profile {@code sandbox} it gives a first user something to synchronise; in tests it stands in for Jira.
 */
public final class SimulatedJira implements AutoCloseable {

    private final Options options;
    private final LoopbackServer server;
    private final Catalog catalog;
    private final IssueStore store;
    private final Workflow workflow;
    private final IssueFields issueFields;
    private final Credentials credentials;
    private final JiraApi api;
    private final SelfChanges selfChanges;
    private final SandboxControl control;
    private final @Nullable WebhookSender webhooks;
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final CountDownLatch closed = new CountDownLatch(1);

    private SimulatedJira(Options options, LoopbackServer server) {
        this.options = options;
        this.server = server;
        String baseUri = server.baseUri().toString();
        JiraTime time = new JiraTime(options.zone);
        catalog = new Catalog(options.deployment, server.baseUri(), SampleTexts.caller(options.email, options.zone));
        options.projects.forEach(key -> catalog.addProject(key, SampleTexts.projectName(key)));
        store = new IssueStore(catalog, new Changelog(options.deployment), time, options.clock);
        workflow = new Workflow(catalog, time);
        issueFields = new IssueFields(catalog, store, options.deployment);
        credentials = new Credentials(options.deployment, options.email, options.apiToken);
        Site site = new Site(
                options.deployment,
                baseUri,
                catalog,
                store,
                new IssueRenderer(baseUri, options.deployment, store, options.embeddedChangelog),
                workflow,
                time,
                options.clock,
                options.maxPageSize,
                options.maxIdOnlyPageSize > 0 ? options.maxIdOnlyPageSize : options.maxPageSize);
        api = new JiraApi(site, credentials, options.anonymousAllowed, issueFields);
        IssueGenerator generator = new IssueGenerator(site, issueFields, options.seed);
        generator.populate(options.projects.get(0), options.initialIssues);
        selfChanges = new SelfChanges(site, generator, api.writes(), options.projects, options.seed);
        control = new SandboxControl(this, site, selfChanges, issueFields);
        webhooks = options.receiver == null ? null : new WebhookSender(site, options.receiver, options.webhookSecret);
        if (webhooks != null) {
            store.listen(webhooks);
        }
    }

    /** Binds the port, files the initial issues and answers from then on. */
    public static SimulatedJira start(Options options) {
        LoopbackServer server = LoopbackServer.bind("simulated Jira", options.port, options.clock);
        try {
            SimulatedJira jira = new SimulatedJira(options, server);
            server.start(jira::handle);
            if (!options.changeInterval.isZero()) {
                jira.selfChanges.start(options.changeInterval);
            }
            return jira;
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    /** Stops answering; requests that hang are cut off. */
    @Override
    public void close() {
        closed.countDown();
        selfChanges.stop();
        if (webhooks != null) {
            webhooks.stop();
        }
        server.stop();
    }

    /** Where it listens: {@code http://127.0.0.1:port}, without a slash at the end. */
    public URI baseUri() {
        return server.baseUri();
    }

    /** Which Jira it is. */
    public Deployment deployment() {
        return options.deployment;
    }

    /** Adds a project without issues. */
    public void addProject(String key, String name) {
        catalog.addProject(key, name);
    }

    /** Gives a project another key, and its issues with it; the former one is unknown from then on. */
    public void renameProject(String key, String newKey) {
        catalog.renameProject(key, newKey);
        store.renameProject(key, newKey);
    }

    /**
     * Files an issue: a task "Untitled" in status "To Do", as changed by {@code fields}.
     *
     * @param fields gets the fields in version 2 shape; {@code created} and {@code updated} may be set
     * @return the key
     */
    public String createIssue(String projectKey, Consumer<ObjectNode> fields) {
        ObjectNode prepared = issueFields.blank(somebody());
        fields.accept(prepared);
        return store.create(projectKey, prepared).key();
    }

    /** Changes the fields of an issue, writes its changelog and bumps {@code updated}, unless the change sets it. */
    public void editIssue(String idOrKey, Consumer<ObjectNode> fields) {
        store.edit(idOrKey, somebody(), fields);
    }

    /** Moves an issue to another status, with resolution and changelog, whatever the workflow says. */
    public void transitionIssue(String idOrKey, String status) {
        store.edit(idOrKey, somebody(), fields -> workflow.moveTo(fields, status, options.clock.instant()));
    }

    /** Removes an issue; neither its id nor its key comes back. */
    public void deleteIssue(String idOrKey) {
        store.delete(idOrKey);
    }

    /**
     * Moves an issue to another project. The id stays, the old key goes on working.
     *
     * @return the new key
     */
    public String moveIssue(String idOrKey, String newProjectKey) {
        return store.move(idOrKey, newProjectKey, somebody()).key();
    }

    /**
     * Puts an issue there exactly as it is, whether or not Jira would: fields missing or of the wrong type, NUL
     * characters, lone surrogates. A missing id or key is added; an issue with the same id is replaced.
     *
     * @return the key
     */
    public String putRawIssue(ObjectNode issue) {
        return store.putRaw(issue).key();
    }

    /** A copy of an issue as it is stored: id, key and fields in version 2 shape. */
    public ObjectNode issue(String idOrKey) {
        return store.get(idOrKey).json().deepCopy();
    }

    /** Adds a field to what {@code /field} lists, or replaces the one with the same id. */
    public void putField(ObjectNode field) {
        catalog.putField(field);
    }

    /** The fields that every simulated Jira lists. */
    public static ArrayNode fieldList() {
        return FieldCatalog.list();
    }

    /** The summaries of a project's issues by their keys, oldest first. */
    public Map<String, String> summaries(String projectKey) {
        Map<String, String> summaries = new LinkedHashMap<>();
        store.all().stream()
                .filter(issue -> issue.projectKey().equals(projectKey))
                .sorted(Comparator.comparingInt(StoredIssue::number))
                .forEach(issue -> summaries.put(
                        issue.key(), issue.fields().path("summary").asText()));
        return summaries;
    }

    public boolean hasIssue(String idOrKey) {
        return store.find(idOrKey).isPresent();
    }

    public int issueCount() {
        return store.size();
    }

    /** Keeps an issue out of searches, like an index that lags behind; only {@code reconcileIssues} still finds it. */
    public void hideFromSearch(String idOrKey) {
        store.index(store.get(idOrKey), false);
    }

    /** The index has caught up. */
    public void showInSearch(String idOrKey) {
        store.index(store.get(idOrKey), true);
    }

    /** The requests to the API since the start or the last {@link #clearRequests()}, oldest first; at most 10,000. */
    public List<RecordedRequest> requests() {
        return requests.all();
    }

    public void clearRequests() {
        requests.clear();
    }

    /** From now on no credentials are right. */
    public void revokeCredentials() {
        credentials.revoke();
    }

    /** From now on these are right, and no others. On Data Center the token is right as Bearer and as password. */
    public void acceptCredentials(String email, String apiToken) {
        credentials.accept(email, apiToken);
    }

    /** Queues a fault. Of several that match a request, the one queued first happens. */
    public void fail(Fault fault) {
        faults.add(fault);
    }

    public void clearFaults() {
        faults.clear();
    }

    /** The faults still waiting, for messages and the control door. */
    public List<String> pendingFaults() {
        return faults.descriptions();
    }

    /** Does at once what would happen by itself after the change interval: one to three random changes. */
    public void changeSomething() {
        selfChanges.change();
    }

    private Person somebody() {
        return catalog.colleagues().get(0);
    }

    private Delivery handle(RecordedRequest request) throws InterruptedException {
        if (options.controlEndpoint && request.path().matches("/sandbox(/.*)?")) {
            return Delivery.whole(control.answer(request));
        }
        requests.add(request);
        Fault fault = faults.take(request).orElse(null);
        if (fault == null) {
            return Delivery.whole(api.answer(request));
        }
        return fault.apply(() -> api.answer(request), new FaultEffect.Surroundings(request, options.clock, closed));
    }

    /** How a simulated Jira is set up. Without further ado: an empty Cloud site with project DEMO on any free port. */
    public static final class Options {

        private final Deployment deployment;
        private int port;
        private List<String> projects = List.of("DEMO");
        private String email = "demo@example.com";
        private String apiToken = "sandbox";
        private long seed = 42;
        private int initialIssues;
        private int maxPageSize = 100;
        private int maxIdOnlyPageSize;
        private int embeddedChangelog = 100;
        private Duration changeInterval = Duration.ZERO;
        private Clock clock = Clock.systemUTC();
        private ZoneId zone = ZoneId.of("Europe/Berlin");
        private boolean anonymousAllowed;
        private boolean controlEndpoint;
        private @Nullable URI receiver;
        private String webhookSecret = "";

        private Options(Deployment deployment) {
            this.deployment = deployment;
        }

        public static Options cloud() {
            return new Options(Deployment.CLOUD);
        }

        public static Options dataCenter() {
            return new Options(Deployment.DATACENTER);
        }

        /** 0, the default, is any free port. */
        public Options port(int value) {
            this.port = value;
            return this;
        }

        /** The keys of the projects; the initial issues go to the first. */
        public Options projects(String... keys) {
            if (keys.length == 0) {
                throw new IllegalArgumentException("At least one project is needed");
            }
            this.projects = List.copyOf(Arrays.asList(keys));
            return this;
        }

        /** Cloud: Basic email:token. Data Center: Bearer token, or Basic with the token as password. */
        public Options credentials(String user, String token) {
            this.email = user;
            this.apiToken = token;
            return this;
        }

        public Options seed(long value) {
            this.seed = value;
            return this;
        }

        public Options initialIssues(int count) {
            this.initialIssues = count;
            return this;
        }

        /** Silently lowers {@code maxResults} of every search. */
        public Options maxPageSize(int size) {
            this.maxPageSize = size;
            return this;
        }

        /** Another limit for Cloud searches that ask for id and key only; the same as the other if not set. */
        public Options maxIdOnlyPageSize(int size) {
            this.maxIdOnlyPageSize = size;
            return this;
        }

        /** How many histories {@code expand=changelog} shows on Cloud, whatever the total. */
        public Options embeddedChangelog(int entries) {
            this.embeddedChangelog = entries;
            return this;
        }

        /** Lets issues change by themselves that often; zero, the default, is never. */
        public Options changeInterval(Duration interval) {
            this.changeInterval = interval;
            return this;
        }

        public Options clock(Clock value) {
            this.clock = value;
            return this;
        }

        /** The zone of the account: of the time stamps it is shown and of the quoted times in its JQL. */
        public Options zone(ZoneId value) {
            this.zone = value;
            return this;
        }

        /** Whether wrong credentials get 200 and an empty result where real Jira can allow anonymous access. */
        public Options anonymousAllowed(boolean allowed) {
            this.anonymousAllowed = allowed;
            return this;
        }

        /** Sends a webhook, signed with a secret, for every change after the initial issues. */
        public Options webhook(URI url, String secret) {
            this.receiver = url;
            this.webhookSecret = secret;
            return this;
        }

        /** Opens {@code /sandbox}, by which anybody on this machine can edit issues and queue faults. */
        public Options controlEndpoint(boolean open) {
            this.controlEndpoint = open;
            return this;
        }
    }
}
