package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work that goes on in a project while nobody looks: edits, transitions, comments, new issues, rarely a loss. */
final class SelfChanges {

    private static final Logger LOG = LoggerFactory.getLogger(SelfChanges.class);

    private static final int MAX_ISSUES = 2000;

    private final Site site;
    private final IssueGenerator generator;
    private final IssueWriteApi writes;
    private final List<String> projects;
    private final Random random;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "simulated-jira-changes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean paused;

    SelfChanges(Site site, IssueGenerator generator, IssueWriteApi writes, List<String> projects, long seed) {
        this.site = site;
        this.generator = generator;
        this.writes = writes;
        this.projects = projects;
        this.random = new Random(seed + 1);
    }

    void start(Duration interval) {
        long millis = interval.toMillis();
        // Nobody waits for it: tick() logs its own failures.
        Future<?> unused = timer.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    void pause(boolean on) {
        paused = on;
    }

    boolean isPaused() {
        return paused;
    }

    private void tick() {
        try {
            if (!paused) {
                change();
            }
        } catch (RuntimeException e) {
            // The timer would never fire again after an exception.
            LOG.warn("A change in the simulated Jira did not work out", e);
        }
    }

    synchronized void change() {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            changeOne();
        }
    }

    private void changeOne() {
        List<StoredIssue> candidates = new ArrayList<>();
        for (StoredIssue issue : site.store().all()) {
            if (!issue.raw() && issue.projectKey().equals(projects.get(0))) {
                candidates.add(issue);
            }
        }
        int dice = random.nextInt(100);
        if (candidates.isEmpty() || dice < 12) {
            generator.file(projects.get(0), random);
            retireOne(candidates);
            return;
        }
        StoredIssue issue = candidates.get(random.nextInt(candidates.size()));
        String id = String.valueOf(issue.id());
        Person author = SampleTexts.pick(site.catalog().colleagues(), random);
        if (dice < 14) {
            site.store().delete(id);
        } else if (dice < 16 && projects.size() > 1) {
            site.store().move(id, projects.get(1), author);
        } else if (dice < 45) {
            site.store().edit(id, author, this::advance);
        } else if (dice < 60) {
            ObjectNode unused = writes.addComment(issue, author, SampleTexts.pick(SampleTexts.COMMENTS, random));
        } else {
            site.store().edit(id, author, fields -> generator.touch(fields, random));
        }
    }

    /** Keeps a sandbox that runs for weeks from filling the memory: first what has moved away, then what is most worn. */
    private void retireOne(List<StoredIssue> candidates) {
        if (site.store().size() <= MAX_ISSUES) {
            return;
        }
        site.store().all().stream()
                .filter(issue -> !issue.raw() && !issue.projectKey().equals(projects.get(0)))
                .findFirst()
                .or(() -> candidates.stream()
                        .max(Comparator.comparingInt(issue -> issue.histories().size())))
                .ifPresent(issue -> site.store().delete(String.valueOf(issue.id())));
    }

    private void advance(ObjectNode fields) {
        List<Workflow.Transition> possible = Workflow.from(Workflow.statusOf(fields));
        String status = SampleTexts.pick(possible, random).to();
        site.workflow().moveTo(fields, status, site.clock().instant());
    }
}
