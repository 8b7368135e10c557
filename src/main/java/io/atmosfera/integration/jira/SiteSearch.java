package io.atmosfera.integration.jira;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a project's sites is at an address. It is the one whose issues are there under the same ids, made at the same time,
 * with the same keys. Getters in the bean style, for routes and SQL.
 */
public final class SiteSearch {

    /** Of the issues that are there, one in so many may be another one: a Jira may have been set up again in part. */
    private static final int ONE_IN = 10;

    private final JiraConnection connection;
    private final Deque<Site> sites;
    private final int latest;
    private final int unused;
    private @Nullable Integer found;
    private int at;
    private int same;
    private int others;

    /**
     * An issue that is known of a site.
     *
     * @param created when it was made, in epoch milliseconds
     */
    record Issue(long jiraId, String key, @Nullable Long created) {}

    /**
     * A site of the project.
     *
     * @param named  whether it bears the address
     * @param issues some of its issues
     */
    record Site(int number, boolean named, List<Issue> issues) {}

    /**
     * A search among sites.
     *
     * @param sites  the most likely first
     * @param latest the one that was used last
     * @param unused the number for another one
     */
    SiteSearch(JiraConnection connection, List<Site> sites, int latest, int unused) {
        this.connection = connection;
        this.sites = new ArrayDeque<>(sites);
        this.latest = latest;
        this.unused = unused;
        // Where nothing is known of any site, nothing can be confused.
        if (sites.stream().allMatch(site -> site.issues().isEmpty())) {
            this.found = latest;
        }
    }

    /** Whether another issue has to be looked at. */
    public boolean isMore() {
        while (found == null && !sites.isEmpty()) {
            Site site = sites.getFirst();
            if (at < site.issues().size() && others * ONE_IN <= site.issues().size()) {
                return true;
            }
            boolean isIt = site.issues().isEmpty()
                    ? site.named()
                    : same * 2 >= site.issues().size() && others * ONE_IN <= same + others;
            if (isIt) {
                found = site.number();
            }
            sites.removeFirst();
            at = 0;
            same = 0;
            others = 0;
        }
        return false;
    }

    public String getUrl() {
        return connection.api("/issue/" + issue().jiraId() + "?fields=created");
    }

    Issue issue() {
        return sites.getFirst().issues().get(at);
    }

    /** Notes what is there under the id of the issue; one that is not there, or has moved there, tells nothing. */
    void compared(boolean there, boolean sameKey, @Nullable Long created) {
        boolean sameTime = created != null && created.equals(issue().created());
        if (there && !sameTime) {
            others++;
        } else if (there && sameKey) {
            same++;
        }
        at++;
    }

    /** The number of the site. */
    public int getSite() {
        return found == null ? unused : found;
    }

    /** Whether it is another one than was used last. */
    public boolean isOther() {
        return getSite() != latest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
