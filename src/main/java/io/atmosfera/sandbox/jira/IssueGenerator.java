package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A project with a past: issues of all kinds, filed over a year and worked on since. The same for the same seed. */
final class IssueGenerator {

    private static final int DAYS = 400;
    private static final int MAX_PARENTS = 100;

    private final Site site;
    private final IssueFields issueFields;
    private final SampleFields sampleFields;
    private final Random random;
    private final List<StoredIssue> epics = new ArrayList<>();
    private final List<StoredIssue> stories = new ArrayList<>();

    IssueGenerator(Site site, IssueFields issueFields, long seed) {
        this.site = site;
        this.issueFields = issueFields;
        this.sampleFields = new SampleFields(site);
        this.random = new Random(seed);
    }

    void populate(String projectKey, int count) {
        Instant end = site.clock().instant().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofHours(1));
        Instant begin = end.minus(Duration.ofDays(DAYS));
        long step = Duration.between(begin, end).toMillis() / Math.max(1, count);
        List<StoredIssue> filed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant created = begin.plusMillis(i * step + random.nextInt((int) Math.max(1, Math.min(step, 3_600_000))));
            StoredIssue issue = file(projectKey, typeOf(i), created, random);
            filed.add(issue);
            workOn(issue, created, end);
        }
        linkSome(filed);
        changeInBulk(filed, end.minus(Duration.ofDays(20)));
    }

    /** Files one more issue, now. */
    synchronized StoredIssue file(String projectKey, Random dice) {
        return file(projectKey, typeOf(50 + dice.nextInt(1000)), site.clock().instant(), dice);
    }

    /** A small edit of the kind that people make all day. */
    void touch(ObjectNode fields, Random dice) {
        switch (dice.nextInt(6)) {
            case 0 -> fields.set("priority", SampleTexts.pick(site.catalog().all(Catalog.Kind.PRIORITY), dice));
            case 1 -> sampleFields.assign(fields, dice);
            case 2 -> sampleFields.label(fields, SampleTexts.pick(SampleTexts.LABELS, dice));
            case 3 ->
                fields.put(FieldCatalog.STORY_POINTS, SampleFields.POINTS[dice.nextInt(SampleFields.POINTS.length)]);
            case 4 -> fields.put("description", SampleDescriptions.describe("Task", dice));
            default -> sampleFields.plan(fields, dice);
        }
    }

    private static String typeOf(int number) {
        if (number % 40 == 0) {
            return "Epic";
        }
        return switch (number % 10) {
            case 1, 4, 7 -> "Story";
            case 2, 5, 8 -> "Bug";
            case 3, 6 -> "Task";
            default -> number % 20 == 10 ? "Story" : "Sub-task";
        };
    }

    private StoredIssue file(String projectKey, String wanted, Instant created, Random dice) {
        String type = wanted.equals("Sub-task") && stories.isEmpty() ? "Task" : wanted;
        ObjectNode fields = issueFields.blank(SampleTexts.pick(site.catalog().colleagues(), dice));
        fields.set("issuetype", site.catalog().get(Catalog.Kind.ISSUE_TYPE, type));
        fields.put("summary", summary(type, dice));
        fields.put("description", SampleDescriptions.describe(type, dice));
        fields.put("created", site.time().format(created));
        fields.put("statuscategorychangedate", site.time().format(created));
        fields.set("priority", SampleTexts.pick(site.catalog().all(Catalog.Kind.PRIORITY), dice));
        sampleFields.fill(fields, type, created, dice);
        parent(fields, type, dice);
        StoredIssue issue = site.store().create(projectKey, fields);
        if (type.equals("Epic")) {
            remember(epics, issue);
        } else if (type.equals("Story")) {
            remember(stories, issue);
        }
        return issue;
    }

    private static void remember(List<StoredIssue> parents, StoredIssue issue) {
        parents.add(issue);
        if (parents.size() > MAX_PARENTS) {
            parents.remove(0);
        }
    }

    private String summary(String type, Random dice) {
        if (!type.equals("Epic") && dice.nextInt(30) == 0) {
            return SampleTexts.pick(SampleTexts.UNUSUAL_SUMMARIES, dice);
        }
        return switch (type) {
            case "Epic" -> SampleTexts.EPICS.get(epics.size() % SampleTexts.EPICS.size());
            case "Bug" -> SampleTexts.pick(SampleTexts.DEFECTS, dice);
            case "Story" ->
                "As a " + SampleTexts.pick(SampleTexts.ROLES, dice) + " I can "
                        + SampleTexts.pick(SampleTexts.WISHES, dice);
            case "Sub-task" -> SampleTexts.pick(SampleTexts.STEPS, dice);
            default -> SampleTexts.pick(SampleTexts.CHORES, dice);
        };
    }

    /** Cloud has one parent field; Data Center keeps the epic of an issue in a custom field, as a key. */
    private void parent(ObjectNode fields, String type, Random dice) {
        if (type.equals("Sub-task")) {
            StoredIssue story = stories.get(Math.max(0, stories.size() - 1 - dice.nextInt(10)));
            fields.putObject("parent").put("id", String.valueOf(story.id())).put("key", story.key());
        } else if (!type.equals("Epic") && !epics.isEmpty() && dice.nextInt(3) > 0) {
            StoredIssue epic = SampleTexts.pick(epics, dice);
            if (site.isCloud()) {
                fields.putObject("parent").put("id", String.valueOf(epic.id())).put("key", epic.key());
            } else {
                fields.put(FieldCatalog.EPIC_LINK, epic.key());
            }
        }
    }

    /** Lets the issue go through its workflow, the further the older it is. */
    private void workOn(StoredIssue issue, Instant created, Instant end) {
        Instant at = created;
        String id = String.valueOf(issue.id());
        int steps = random.nextInt(6);
        for (int i = 0; i < steps; i++) {
            at = at.plusMillis(600_000L + random.nextInt(6 * 24 * 3_600) * 1000L);
            if (at.isAfter(end)) {
                return;
            }
            Instant moment = at;
            boolean transition = random.nextInt(4) > 0;
            StoredIssue unused = site.store()
                    .edit(id, SampleTexts.pick(site.catalog().colleagues(), random), at, f -> {
                        if (transition) {
                            advance(f, moment);
                        } else {
                            touch(f, random);
                        }
                    });
        }
    }

    private void advance(ObjectNode fields, Instant at) {
        String next =
                switch (Workflow.statusOf(fields)) {
                    case "To Do" -> random.nextInt(12) == 0 ? "Cancelled" : "In Progress";
                    case "In Progress" -> random.nextInt(6) == 0 ? "Blocked" : "In Review";
                    case "Blocked" -> "In Progress";
                    case "In Review" -> "Done";
                    default -> Workflow.statusOf(fields);
                };
        site.workflow().moveTo(fields, next, at);
        if (next.equals("In Progress") && !fields.hasNonNull("assignee")) {
            sampleFields.assign(fields, random);
        }
    }

    private void linkSome(List<StoredIssue> filed) {
        List<ObjectNode> types = site.catalog().all(Catalog.Kind.LINK_TYPE);
        for (int i = 12; i < filed.size(); i += 12) {
            StoredIssue from = filed.get(i);
            StoredIssue to = filed.get(random.nextInt(i));
            ObjectNode type = SampleTexts.pick(types, random);
            String linkId = String.valueOf(90000 + i);
            link(from, "outwardIssue", to, type, linkId);
            link(to, "inwardIssue", from, type, linkId);
        }
    }

    private void link(StoredIssue issue, String end, StoredIssue other, ObjectNode type, String linkId) {
        StoredIssue current = site.store().get(issue.key());
        Instant updated = current.updated() == null ? site.clock().instant() : current.updated();
        Person author = SampleTexts.pick(site.catalog().colleagues(), random);
        StoredIssue unused = site.store().edit(issue.key(), author, updated.plusSeconds(1), fields -> {
            ArrayNode links = fields.withArray("issuelinks");
            ObjectNode link = links.addObject().put("id", linkId);
            link.set("type", type.deepCopy());
            link.putObject(end).put("id", String.valueOf(other.id())).put("key", other.key());
        });
    }

    /** Forty issues with the very same {@code updated}: a bulk edit, and a test for anybody who pages by that field. */
    private void changeInBulk(List<StoredIssue> filed, Instant at) {
        int changed = 0;
        Person author = site.catalog().colleagues().get(0);
        for (StoredIssue issue : filed) {
            Instant updated = site.store().get(issue.key()).updated();
            if (changed < 40 && updated != null && updated.isBefore(at)) {
                JsonNode unused = site.store()
                        .edit(issue.key(), author, at, fields -> sampleFields.label(fields, "release-review"))
                        .json();
                changed++;
            }
        }
    }

    /** The day of a moment, for fields without a time. */
    static String day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC).toString();
    }
}
