package io.atmosfera.sandbox.github;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/** The months before the week in which the sandbox was started: what five people did about the tickets. The same for the same seed. */
final class HistoryGenerator {

    static final Duration PAST = Duration.ofDays(110);

    private static final int FEATURES = 24;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Something that happens at a moment. */
    private record Step(Instant at, int order, Consumer<Instant> work) {}

    private final Work work;
    private final List<Ticket> tickets;
    private final Random dice;
    private final Instant begin;
    private final Instant end;
    private final PriorityQueue<Step> agenda =
            new PriorityQueue<>(Comparator.comparing(Step::at).thenComparing(Step::order));
    private final List<String> merged = new ArrayList<>();
    private int order;

    HistoryGenerator(Work work, List<Ticket> tickets, Random dice, Instant now) {
        this.work = work;
        this.tickets = tickets;
        this.dice = dice;
        this.end = end(now);
        this.begin = begin(now);
    }

    static Instant begin(Instant now) {
        return workingHours(end(now).minus(PAST));
    }

    /** The last Friday evening: two starts in a week have the same history, and those of two weeks one that differs in its dates. */
    private static Instant end(Instant now) {
        OffsetDateTime evening = now.atOffset(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY))
                .with(LocalTime.of(18, 0));
        return (evening.toInstant().isAfter(now) ? evening.minusWeeks(1) : evening).toInstant();
    }

    void populate() {
        on(begin, work::begin);
        Duration pace = PAST.minusDays(6).dividedBy(FEATURES);
        for (int i = 0; i < FEATURES; i++) {
            int feature = i;
            on(day(1).plus(pace.multipliedBy(i)), at -> begin(feature, at));
        }
        // These are under way.
        for (int i = 0; i < 4; i++) {
            int feature = FEATURES + i;
            on(day((int) PAST.toDays() - 5 + i), at -> begin(feature, at));
        }
        for (int day = 3; day < PAST.toDays(); day += 6) {
            on(day(day), this::chore);
        }
        release("2.4.0", false, 20);
        release("2.5.0", false, 50);
        release("3.0.0", false, 84);
        release("3.1.0-rc.1", true, 106);
        issue("The kiosk build is flaky on Mondays", "Third time this month.", "flaky-test", 14, 30);
        issue("Names with apostrophes look odd in the manifest", mention("See", 0.4), "bug", 33, 0);
        issue("Dark theme for the harbour console", "Several clerks work at night.", "enhancement", 47, 0);
        issue("Timetable is slow with 200 crossings", mention("Maybe the same as", 0.6), "bug", 61, 75);
        issue("Document the boarding API", "For the scanner vendor.", "documentation", 88, 0);
        while (!agenda.isEmpty()) {
            Step next = agenda.remove();
            next.work().accept(next.at());
        }
    }

    private void begin(int feature, Instant at) {
        Ticket ticket = work.ticket(tickets, 0.35 + 0.55 * feature / FEATURES + dice.nextDouble() / 100);
        Developer author = work.somebody();
        String branch = work.branch(ticket, author, at);
        on(at.plus(HOUR.multipliedBy(2 + dice.nextInt(5))), opened -> {
            int number = work.pull(branch, ticket, feature % 8 == 6, author, opened);
            build(number, opened);
            on(opened.plus(HOUR.multipliedBy(2)), reviewed -> review(feature, number, ticket, reviewed));
        });
    }

    private void review(int feature, int number, Ticket ticket, Instant at) {
        if (feature % 3 == 0) {
            work.review(number, "changes_requested", at);
            on(at.plus(HOUR.multipliedBy(3)), changed -> {
                work.more(number, changed);
                build(number, changed);
                if (feature % 2 == 0) {
                    work.pulls().dismiss(number, work.somebody(), changed.plus(MINUTE));
                }
            });
        } else if (feature % 3 == 1) {
            work.review(number, "commented", at);
            on(at.plus(HOUR), changed -> {
                work.more(number, changed);
                build(number, changed);
            });
        }
        if (feature % 11 == 7) {
            on(at.plus(HOUR.multipliedBy(30)), closed -> work.pulls().close(number, work.somebody(), closed));
        } else if (feature % 8 != 6 && feature < FEATURES) {
            on(at.plus(HOUR.multipliedBy(16 + dice.nextInt(16))), approved -> {
                work.review(number, "approved", approved);
                on(approved.plus(MINUTE.multipliedBy(20)), ready -> merge(number, ticket, ready));
            });
        }
    }

    private void merge(int number, Ticket ticket, Instant at) {
        work.merge(number, at);
        merged.add((ticket.key().isEmpty() ? "" : ticket.key() + ": ") + ticket.summary());
        ship(work.somebody(), at);
    }

    private void ship(Developer actor, Instant at) {
        long build = work.buildMain("Build", actor, at);
        long deploy = work.buildMain("Deploy", actor, at);
        boolean good = dice.nextInt(10) > 0;
        later(at.plus(MINUTE.multipliedBy(6)), done -> work.runs().finish(build, dice.nextInt(12) > 0, done));
        later(at.plus(MINUTE.multipliedBy(11)), done -> {
            work.runs().finish(deploy, good, done);
            work.shipping().deploy("staging", good, actor, done.minus(MINUTE.multipliedBy(4)), done);
        });
    }

    private void build(int number, Instant at) {
        long run = work.build(number, at);
        boolean good = dice.nextInt(5) > 0;
        later(at.plus(MINUTE.multipliedBy(7 + dice.nextInt(5))), done -> work.runs()
                .finish(run, good, done));
    }

    private void chore(Instant at) {
        Developer author = work.somebody();
        work.chore(work.ticket(tickets, 0.3 + dice.nextDouble() * 0.6), author, at);
        ship(author, at);
    }

    private void release(String version, boolean prerelease, int day) {
        on(day(day), at -> {
            Developer by = work.somebody();
            work.shipping().release(version, prerelease, List.copyOf(merged), by, at);
            merged.clear();
            if (!prerelease) {
                on(at.plus(HOUR), live -> work.shipping()
                        .deploy("production", true, by, live.minus(MINUTE.multipliedBy(5)), live));
            }
        });
    }

    /** @param closed the day on which it is closed; 0 for never */
    private void issue(String title, String body, String label, int opened, int closed) {
        on(day(opened), at -> {
            int number = work.pulls().openIssue(title, body, label, work.somebody(), at);
            if (closed > 0) {
                on(day(closed), late -> work.pulls().closeIssue(number, work.somebody(), late));
            }
        });
    }

    private String mention(String words, double share) {
        Ticket ticket = work.ticket(tickets, share);
        return ticket.key().isEmpty() ? words + " the list of last week." : words + " " + ticket.key() + ".";
    }

    private Instant day(int day) {
        return begin.plus(Duration.ofDays(day)).plus(MINUTE.multipliedBy(dice.nextInt(400)));
    }

    /** Plans something for a moment, or the next one in working hours. */
    private void on(Instant moment, Consumer<Instant> what) {
        later(workingHours(moment), what);
    }

    /** Plans something for a moment; what would be later than now does not happen. */
    private void later(Instant at, Consumer<Instant> what) {
        if (at.isBefore(end)) {
            order++;
            agenda.add(new Step(at, order, what));
        }
    }

    private static Instant workingHours(Instant moment) {
        OffsetDateTime at = moment.atOffset(ZoneOffset.UTC);
        if (at.getHour() >= 18) {
            at = at.plusDays(1).with(LocalTime.of(8, at.getMinute(), at.getSecond()));
        } else if (at.getHour() < 7) {
            at = at.with(LocalTime.of(8, at.getMinute(), at.getSecond()));
        }
        while (at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY) {
            at = at.plusDays(1);
        }
        return at.toInstant();
    }
}
