package io.atmosfera.integration.github;

import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RootCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What is left out where single objects are asked for one after the other. */
@Component("githubDetails")
public class GitHubDetails {

    private static final Set<Reason> OF_ONE_OBJECT = Set.of(Reason.NOT_FOUND, Reason.BAD_REQUEST, Reason.TRANSIENT);

    /** So many failures in a row are not of single objects any more. */
    private static final int MOST_IN_A_ROW = 3;

    /** Several objects may be gone together; so many that are not found are a matter of the token. */
    private static final int MOST_LOST_IN_A_ROW = 10;

    /** The share of commits in the requests for what has not changed, in percent. */
    private static final int COMMITS = 10;

    private static final int ALL = 100;

    private final GitHubProperties properties;

    GitHubDetails(GitHubProperties properties) {
        this.properties = properties;
    }

    /** The objects that this sync cannot get; the next one tries again. Getters in the bean style, for SQL. */
    public static final class Run {

        private final List<String> leftOut = new ArrayList<>();
        private int inARow;
        private int lostInARow;
        private int spare;

        /** How many more of the older commits may be read. */
        public int getSpare() {
            return spare;
        }

        public String[] getLeftOut() {
            return leftOut.toArray(String[]::new);
        }
    }

    public Run begin() {
        return new Run();
    }

    /** Begins with the files of commits. */
    public Run beginCommits() {
        Run run = new Run();
        run.spare = share(COMMITS);
        return run;
    }

    /** The commit of a row of {@code sql/github/detail-next.sql}; one that is not {@code news} is one less to spare. */
    public String commit(Run run, Map<String, Object> row) {
        if (Boolean.FALSE.equals(row.get("news"))) {
            run.spare--;
        }
        return String.valueOf(row.get("sha"));
    }

    /** A part of the requests that a sync has for what has not changed since the last one, rounded up. */
    int share(int percent) {
        return (properties.backlogRequests() * percent + ALL - 1) / ALL;
    }

    /** Notes that an object came. */
    public void came(Run run) {
        run.inARow = 0;
        run.lostInARow = 0;
    }

    /**
     * Leaves an object out: GitHub fails on a commit with a giant difference, whenever it is asked.
     *
     * @throws Throwable the failure, where it is not of this object only
     */
    public void leaveOut(Run run, String name, Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (!(cause instanceof CallException refusal) || !OF_ONE_OBJECT.contains(refusal.reason())) {
            throw cause;
        }
        boolean tooMany = refusal.reason() == Reason.NOT_FOUND
                ? ++run.lostInARow >= MOST_LOST_IN_A_ROW
                : ++run.inARow >= MOST_IN_A_ROW;
        if (tooMany) {
            throw cause;
        }
        run.leftOut.add(name);
    }
}
