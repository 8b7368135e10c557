package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work that goes on in the repository while nobody looks: one thing at a time, as people and machines do it. */
final class RepositoryChanges {

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryChanges.class);

    /** A sandbox that runs for weeks has no more; after that only runs come and go. */
    private static final int MOST_COMMITS = 3000;

    private static final int FEW_OPEN = 4;
    private static final int MANY_OPEN = 8;

    private final Repository repository;
    private final Work work;
    private final Supplier<List<Ticket>> tickets;
    private final Clock clock;
    private final Random dice;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "simulated-github-changes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean paused;

    RepositoryChanges(Repository repository, Work work, Supplier<List<Ticket>> tickets, Clock clock, Random dice) {
        this.repository = repository;
        this.work = work;
        this.tickets = tickets;
        this.clock = clock;
        this.dice = dice;
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
            LOG.warn("A change in the simulated GitHub did not work out", e);
        }
    }

    void change() {
        synchronized (repository) {
            change(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private void change(Instant now) {
        Optional<ObjectNode> running = work.runs().running();
        if (running.isPresent() && dice.nextInt(100) < 60) {
            work.runs().finish(running.get().path("id").asLong(), dice.nextInt(6) > 0, now);
            return;
        }
        if (repository.graph().size() >= MOST_COMMITS) {
            long unused = work.buildMain("Build", work.somebody(), now);
            return;
        }
        List<ObjectNode> open = work.pulls().open();
        int chance = dice.nextInt(100);
        if (open.size() < FEW_OPEN || (chance < 20 && open.size() < MANY_OPEN)) {
            begin(now);
            return;
        }
        int number = open.get(dice.nextInt(open.size())).path("number").asInt();
        if (chance < 50) {
            work.more(number, now);
            long unused = work.build(number, now);
        } else if (chance < 68) {
            work.review(
                    number,
                    List.of("commented", "changes_requested", "approved").get(dice.nextInt(3)),
                    now);
        } else if (chance < 84) {
            shipOrReady(number, now);
        } else if (chance < 94) {
            Developer author = work.somebody();
            work.chore(work.ticket(tickets.get(), dice.nextDouble()), author, now);
            long unused = work.buildMain("Build", author, now);
        } else {
            work.shipping().deploy("production", dice.nextInt(8) > 0, work.somebody(), now, now);
        }
    }

    private void begin(Instant now) {
        Developer author = work.somebody();
        // People work on what was filed lately.
        Ticket ticket = work.ticket(tickets.get(), 0.7 + dice.nextDouble() * 0.3);
        String branch = work.branch(ticket, author, now);
        int number = work.pull(branch, ticket, dice.nextInt(8) == 0, author, now);
        long unused = work.build(number, now);
    }

    private void shipOrReady(int number, Instant now) {
        if (work.pulls().isDraft(number)) {
            work.pulls().ready(number, now);
            return;
        }
        work.review(number, "approved", now);
        work.merge(number, now);
        Developer actor = work.somebody();
        long unused = work.buildMain("Build", actor, now);
        work.shipping().deploy("staging", dice.nextInt(10) > 0, actor, now, now);
    }
}
