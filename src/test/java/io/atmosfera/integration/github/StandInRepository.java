package io.atmosfera.integration.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A repository at a stand-in for GitHub, with a real history, for the tests of other packages. */
public final class StandInRepository implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StandInGitHub server = StandInGitHub.start();
    private final GitHistory history = GitHistory.of(12);
    private final HistoryApi api = new HistoryApi(history, server);

    /** One whose branch main has a dozen commits. */
    public static StandInRepository start() {
        return new StandInRepository();
    }

    private StandInRepository() {}

    /** The address of the API. */
    public String url() {
        return server.url();
    }

    /** owner/name */
    public String name() {
        return api.repository();
    }

    /** Begins a branch at main. */
    public void branch(String name) {
        history.branch(name, "main");
    }

    /** Commits a file on a branch; gives the SHA. */
    public String commit(String branch, String message, String path) {
        return history.commit(branch, message, path, message);
    }

    /** Throws the last commit of a branch away. */
    public void rewind(String branch) {
        history.rewind(branch, 1);
    }

    /** Adds a pull request, as GitHub would list it, or replaces the one with its number. */
    public ObjectNode pull(String json) {
        ObjectNode pull = object(json);
        api.putPull(pull);
        return pull;
    }

    /** Adds an issue, as GitHub would list it. */
    public void issue(String json) {
        api.putIssue(object(json));
    }

    /** Adds a release, as GitHub would list it. */
    public void release(String json) {
        api.putRelease(object(json));
    }

    /** Adds a workflow run, as GitHub would list it. */
    public void run(String json) {
        api.putRun(object(json));
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    @Override
    public void close() {
        server.close();
        history.close();
    }
}
