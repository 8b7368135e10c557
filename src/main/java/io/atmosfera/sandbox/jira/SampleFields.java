package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Values for the fields that an issue may or may not have, custom fields of every type among them. */
final class SampleFields {

    static final double[] POINTS = {0.5, 1, 2, 3, 5, 8, 13};

    private static final List<String> OPTIONS = Stream.of(
                    SampleTexts.SEVERITIES.stream(),
                    SampleTexts.PLATFORMS.stream(),
                    SampleTexts.AREAS.stream().flatMap(List::stream))
            .flatMap(values -> values)
            .distinct()
            .toList();
    private static final Duration SPRINT_LENGTH = Duration.ofDays(14);
    private static final Instant FIRST_SPRINT = Instant.parse("2024-01-08T09:00:00Z");

    private final Site site;

    SampleFields(Site site) {
        this.site = site;
    }

    void fill(ObjectNode fields, String type, Instant created, Random dice) {
        if (dice.nextInt(3) > 0) {
            assign(fields, dice);
        }
        for (int i = dice.nextInt(4); i > 0; i--) {
            label(fields, SampleTexts.pick(SampleTexts.LABELS, dice));
        }
        some(fields, "components", Catalog.Kind.COMPONENT, 2, dice);
        some(fields, "fixVersions", Catalog.Kind.VERSION, 1, dice);
        if (dice.nextInt(4) == 0) {
            fields.put("duedate", IssueGenerator.day(created.plus(Duration.ofDays(10 + dice.nextInt(60)))));
        }
        fields.put(FieldCatalog.RANK, String.format("0|i%05d:", dice.nextInt(100_000)));
        switch (type) {
            case "Epic" ->
                fields.put(FieldCatalog.EPIC_NAME, fields.path("summary").asText());
            case "Bug" -> bug(fields, created, dice);
            default -> story(fields, type, created, dice);
        }
    }

    void assign(ObjectNode fields, Random dice) {
        fields.set("assignee", person(dice));
    }

    void label(ObjectNode fields, String label) {
        ArrayNode labels = fields.withArray("labels");
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).asText().equals(label)) {
                return;
            }
        }
        labels.add(label);
    }

    /** Puts the issue into the sprint that runs now. */
    void plan(ObjectNode fields, Random dice) {
        sprints(fields, site.clock().instant(), 1 + dice.nextInt(2));
    }

    private void bug(ObjectNode fields, Instant created, Random dice) {
        fields.set(FieldCatalog.SEVERITY, option(SampleTexts.SEVERITIES, dice));
        ArrayNode platforms = fields.putArray(FieldCatalog.PLATFORMS);
        platforms.add(option(SampleTexts.PLATFORMS.subList(0, 2), dice));
        if (dice.nextBoolean()) {
            platforms.add(option(SampleTexts.PLATFORMS.subList(2, 5), dice));
        }
        fields.set(FieldCatalog.QA_OWNER, person(dice));
        fields.put(FieldCatalog.AFFECTED_CUSTOMERS, (double) dice.nextInt(400));
        fields.put(FieldCatalog.CUSTOMER_REFERENCE, "CR-" + (1000 + dice.nextInt(9000)));
        fields.put(FieldCatalog.LAST_VERIFIED, site.time().format(created.plusSeconds(dice.nextInt(86_400))));
        List<String> area = SampleTexts.pick(SampleTexts.AREAS, dice);
        ObjectNode cascading = option(area.get(0));
        cascading.set("child", option(area.get(1)));
        fields.set(FieldCatalog.AREA, cascading);
        fields.put("environment", dice.nextInt(3) == 0 ? "Staging, build *" + dice.nextInt(9000) + "*" : null);
        some(fields, "versions", Catalog.Kind.VERSION, 2, dice);
    }

    private void story(ObjectNode fields, String type, Instant created, Random dice) {
        if (type.equals("Sub-task")) {
            return;
        }
        if (dice.nextInt(4) > 0) {
            fields.put(FieldCatalog.STORY_POINTS, POINTS[dice.nextInt(POINTS.length)]);
        }
        if (dice.nextInt(3) > 0) {
            sprints(fields, created.plus(Duration.ofDays(dice.nextInt(20))), 1 + dice.nextInt(3));
        }
        if (dice.nextInt(3) == 0) {
            fields.put(FieldCatalog.TARGET_DATE, IssueGenerator.day(created.plus(Duration.ofDays(45))));
            fields.put(
                    FieldCatalog.ACCEPTANCE_CRITERIA,
                    "* A " + SampleTexts.pick(SampleTexts.ROLES, dice) + " finds it without help\n* It works offline");
        }
    }

    private void some(ObjectNode fields, String name, Catalog.Kind kind, int most, Random dice) {
        ArrayNode chosen = fields.putArray(name);
        List<ObjectNode> all = site.catalog().all(kind);
        int first = dice.nextInt(all.size());
        int count = dice.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            chosen.add(all.get((first + i) % all.size()));
        }
    }

    private void sprints(ObjectNode fields, Instant latest, int count) {
        int last = (int) Math.max(0, Duration.between(FIRST_SPRINT, latest).dividedBy(SPRINT_LENGTH));
        ArrayNode sprints = fields.putArray(FieldCatalog.SPRINT);
        for (int number = Math.max(0, last - count + 1); number <= last; number++) {
            sprint(sprints, number);
        }
    }

    /** An object on Cloud; on Data Center the text that an old Java object printed of itself. */
    private void sprint(ArrayNode sprints, int number) {
        Instant start = FIRST_SPRINT.plus(SPRINT_LENGTH.multipliedBy(number));
        Instant end = start.plus(SPRINT_LENGTH);
        Instant now = site.clock().instant();
        String state = now.isAfter(end) ? "closed" : now.isBefore(start) ? "future" : "active";
        String name = "Tideline Sprint " + (number + 1);
        if (site.isCloud()) {
            ObjectNode sprint = sprints.addObject().put("id", 100 + number).put("name", name);
            sprint.put("state", state).put("boardId", 7).put("goal", "");
            sprint.put("startDate", start.toString()).put("endDate", end.toString());
            return;
        }
        sprints.add("com.atlassian.greenhopper.service.sprint.Sprint@" + Integer.toHexString(0x5f3a + number) + "[id="
                + (100 + number) + ",rapidViewId=7,state=" + state.toUpperCase(Locale.ROOT) + ",name=" + name
                + ",startDate=" + site.time().format(start) + ",endDate="
                + site.time().format(end)
                + ",completeDate=<null>,activatedDate=<null>,sequence=" + (100 + number)
                + ",goal=,autoStartStop=false]");
    }

    private ObjectNode person(Random dice) {
        return site.catalog().person(SampleTexts.pick(site.catalog().colleagues(), dice));
    }

    private ObjectNode option(List<String> values, Random dice) {
        return option(SampleTexts.pick(values, dice));
    }

    private ObjectNode option(String value) {
        String id = String.valueOf(10300 + OPTIONS.indexOf(value));
        String self = site.baseUri() + "/rest/api/2/customFieldOption/" + id;
        return Json.object().put("self", self).put("value", value).put("id", id);
    }
}
