package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What developers do in a day, in terms of the repository: begin work on a ticket, go on with it, ship it. */
final class Work {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{2,14}");
    private static final int LONGEST_TITLE = 72;
    private static final Ticket NO_TICKET = new Ticket("", "Tidy up the build");

    private static final List<String> LATER_COMMITS = List.of(
            "Add tests",
            "Handle an empty list",
            "Rename for clarity",
            "Cover the case of a cancelled crossing",
            "Read manifests as UTF-8",
            "Address review comments",
            "Fix formatting");
    private static final List<String> CHORES = List.of(
            "Upgrade Spring Boot to 3.5.2",
            "Sort imports",
            "Document how to run the kiosk locally",
            "Speed up the pricing tests",
            "Remove an unused flag");
    private static final List<String> OBJECTIONS = List.of(
            "What happens with a trailer that is longer than the deck?",
            "Please add a test for an empty booking.",
            "This runs a query for each passenger; can it be one?");
    private static final List<String> REMARKS = List.of("Nit: the name could say more.", "Nice. One question inline.");

    private final Repository repository;
    private final Random dice;
    private final Pushes pushes;
    private final Pulls pulls;
    private final Runs runs;
    private final Shipping shipping;

    Work(Repository repository, Random dice) {
        this.repository = repository;
        this.dice = dice;
        this.pushes = new Pushes(repository);
        this.pulls = new Pulls(repository, pushes);
        this.runs = new Runs(repository);
        this.shipping = new Shipping(repository, pushes);
    }

    Pulls pulls() {
        return pulls;
    }

    Runs runs() {
        return runs;
    }

    Shipping shipping() {
        return shipping;
    }

    Developer somebody() {
        return Developer.TEAM.get(dice.nextInt(Developer.TEAM.size()));
    }

    /** Somebody else, to review or merge. */
    Developer colleague(Developer one) {
        int place = Developer.TEAM.indexOf(one) + 1 + dice.nextInt(Developer.TEAM.size() - 1);
        return Developer.TEAM.get(place % Developer.TEAM.size());
    }

    Ticket ticket(List<Ticket> tickets, double share) {
        return tickets.isEmpty()
                ? NO_TICKET
                : tickets.get(Math.min(tickets.size() - 1, (int) (share * tickets.size())));
    }

    /** The first commit of the repository. */
    void begin(Instant at) {
        pushes.commit(Shapes.MAIN, Developer.TEAM.get(0), "Begin Tideline", SourceFiles.first(), at);
    }

    /** A new branch for a ticket with a first commit; gives its name. */
    String branch(Ticket ticket, Developer author, Instant at) {
        String kind = List.of("feature", "feature", "fix", "chore").get(dice.nextInt(4));
        String name = kind + "/" + (ticket.key().isEmpty() ? "" : ticket.key() + "-") + slug(ticket.summary());
        String branch = name;
        for (int i = 2; repository.graph().branches().containsKey(branch); i++) {
            branch = name + "-" + i;
        }
        pushes.branch(branch, author, at);
        commit(branch, author, title(ticket), ticket.summary(), at);
        return branch;
    }

    /** Opens a pull request for a branch; gives its number. */
    int pull(String branch, Ticket ticket, boolean draft, Developer author, Instant at) {
        String body = "What changes: " + ticket.summary() + "."
                + (ticket.key().isEmpty() ? "" : "\n\nCloses " + ticket.key() + ".");
        String label = branch.startsWith("fix") ? "bug" : branch.startsWith("chore") ? "chore" : "enhancement";
        return pulls.open(branch, title(ticket), body, draft, label, author, at);
    }

    /** One more commit on the branch of a pull request. */
    void more(int number, Instant at) {
        ObjectNode pull = pull(number);
        Developer author = Pulls.author(pull);
        String branch = pull.path("head").path("ref").asText();
        String key = pull.path("title").asText().replaceFirst("^(?:([A-Z]+-\\d+) )?.*$", "$1");
        String text = pick(LATER_COMMITS);
        // Not all name the ticket: people forget.
        commit(branch, author, dice.nextInt(3) > 0 && !key.isEmpty() ? key + " " + text : text, text, at);
        pulls.moved(number, author, at);
    }

    /** Begins the build of a pull request; gives the run's id. */
    long build(int number, Instant at) {
        ObjectNode pull = pull(number);
        String branch = pull.path("head").path("ref").asText();
        Commit head = repository.graph().get(pull.path("head").path("sha").asText());
        return runs.start("Build", "pull_request", branch, head, Pulls.author(pull), at);
    }

    /** Begins a workflow on main; gives the run's id. */
    long buildMain(String workflow, Developer actor, Instant at) {
        return runs.start(workflow, "push", Shapes.MAIN, repository.graph().get(Shapes.MAIN), actor, at);
    }

    /** @param state approved, changes_requested or commented */
    void review(int number, String state, Instant at) {
        String text =
                switch (state) {
                    case "approved" -> "Looks good to me.";
                    case "commented" -> pick(REMARKS);
                    default -> pick(OBJECTIONS);
                };
        pulls.review(number, colleague(Pulls.author(pull(number))), state, text, at);
    }

    void merge(int number, Instant at) {
        Commit unused = pulls.merge(number, dice.nextInt(3) == 0, colleague(Pulls.author(pull(number))), at);
    }

    /** A small commit on main. */
    void chore(Ticket ticket, Developer author, Instant at) {
        String text = pick(CHORES);
        Map<String, String> tree = repository.graph().tree(Shapes.MAIN);
        Map<String, String> files = dice.nextBoolean()
                ? SourceFiles.documented(tree, text + ", " + at.toString().substring(0, 10) + ".")
                : SourceFiles.moreTests(tree, pick(SourceFiles.MODULES), dice);
        String message = dice.nextInt(3) == 0 && !ticket.key().isEmpty() ? ticket.key() + ": " + text : text;
        Commit unused = pushes.commit(Shapes.MAIN, author, message, files, at);
    }

    private void commit(String branch, Developer author, String message, String summary, Instant at) {
        String module = SourceFiles.MODULES.get(Math.floorMod(branch.hashCode(), SourceFiles.MODULES.size()));
        Map<String, String> tree = repository.graph().tree(branch);
        Commit unused = pushes.commit(branch, author, message, SourceFiles.edited(tree, module, summary, dice), at);
    }

    private ObjectNode pull(int number) {
        ObjectNode pull = repository.pulls().get(number);
        if (pull == null) {
            throw new IllegalArgumentException("There is no pull request " + number);
        }
        return pull;
    }

    private static String title(Ticket ticket) {
        String title = ticket.key().isEmpty() ? ticket.summary() : ticket.key() + " " + ticket.summary();
        return title.length() > LONGEST_TITLE
                ? title.substring(0, LONGEST_TITLE - 1).stripTrailing() + "\u2026"
                : title;
    }

    private static String slug(String summary) {
        String slug = WORD.matcher(summary)
                .results()
                .limit(4)
                .map(MatchResult::group)
                .collect(Collectors.joining("-"))
                .toLowerCase(Locale.ROOT);
        return slug.isEmpty() ? "change" : slug;
    }

    private <T> T pick(List<T> list) {
        return list.get(dice.nextInt(list.size()));
    }
}
