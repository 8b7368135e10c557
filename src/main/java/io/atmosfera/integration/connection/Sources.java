package io.atmosfera.integration.connection;

import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.inbox.Webhooks;
import io.atmosfera.integration.outbound.ConnectionFailures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All sources: those that are built in, each a bean, and those of the routes folder, which are added at the start. */
@Component("sources")
public class Sources {

    private final Map<String, Source> all = new ConcurrentSkipListMap<>();

    Sources(ObjectProvider<Source> builtIn) {
        builtIn.forEach(this::add);
    }

    /** Makes a source known. */
    public void add(Source source) {
        all.put(source.name(), source);
    }

    /** All of them, by their names. */
    public List<Source> all() {
        return List.copyOf(all.values());
    }

    /** Whether there is a source of that name. */
    public boolean has(String name) {
        return all.containsKey(name);
    }

    /**
     * The source of a name that was read from the database.
     *
     * @return for a source that is no longer there, what is known of it: its name
     */
    public Source of(String name) {
        Source known = all.get(name);
        return known == null
                ? new Source(
                        name,
                        name,
                        "items",
                        new SourceFailures(new ConnectionFailures(name, "url", 0), Set.of(), Set.of()),
                        null)
                : known;
    }

    /**
     * Passes for a source that there is.
     *
     * @throws ProblemException 400 for any other
     */
    public void requireKnown(String name) {
        if (!has(name)) {
            throw ProblemException.invalid("integrationType", "is no source; GET /api/sources lists them");
        }
    }

    /** The names of the sources with webhooks, in alphabetical order. */
    public List<String> withWebhooks() {
        return all.values().stream()
                .filter(source -> source.webhooks() != null)
                .map(Source::name)
                .toList();
    }

    /** The same for SQL. */
    public String[] getSendersOfWebhooks() {
        return withWebhooks().toArray(String[]::new);
    }

    /**
     * What the failures of a source mean.
     *
     * @throws NullPointerException if there is no such source: only one that syncs is asked
     */
    public SourceFailures failures(@Nullable String name) {
        return Objects.requireNonNull(all.get(String.valueOf(name)), "No such source")
                .failures();
    }

    /**
     * How the webhooks of a source come in.
     *
     * @throws NullPointerException if it has none: only a source that has some is asked
     */
    public Webhooks webhooks(@Nullable String name) {
        Source source = Objects.requireNonNull(all.get(String.valueOf(name)), "No such source");
        return Objects.requireNonNull(source.webhooks(), "The source has no webhooks");
    }
}
