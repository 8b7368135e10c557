package io.atmosfera.sandbox.jira;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Descriptions in wiki markup, from none at all to several screens. */
final class SampleDescriptions {

    private static final String STORY =
            """
            *Why:* %s asks for it, and support counted %d calls about it last month.

            h3. What changes
            * The booking page gets a new step, _after_ the choice of the crossing
            ** not on the kiosk, where there is no room for it
            * Mails name the vessel and the deck
            # The old link goes on working
            # Nothing changes for freight

            See [the sketch|https://wiki.tideline.example/sketches/%d] and ask [~accountid:712020:00000000-0000-4000-8000-000000000002].
            """;
    private static final String BUG =
            """
            h2. Steps to reproduce
            # Open the booking page in %s
            # Choose a crossing on the same day
            # Press {{Continue}} twice

            h2. Expected
            One booking.

            h2. Actual
            Two bookings, and the log says:
            {code:java}
            java.lang.IllegalStateException: deck plan %d is closed
                at example.tideline.boarding.DeckPlan.reserve(DeckPlan.java:%d)
            {code}

            ||Browser||Seen||
            |Firefox|yes|
            |Safari|no|
            """;
    private static final String TASK =
            """
            {quote}
            We said in the retrospective that this must not wait for another quarter.
            {quote}
            Effort is about %d days. Nobody outside the team will notice, except that nightly jobs end earlier.
            ----
            Done when the dashboard shows it: https://metrics.tideline.example/d/%d
            """;
    private static final String OTHER_SCRIPT =
            """
            \u0627\u0644\u0645\u0633\u0627\u0641\u0631 \u0644\u0627 \u064A\u0631\u0649 \u0631\u0642\u0645 \u0627\u0644\u0631\u0635\u064A\u0641 - \
            the passenger does not see the berth number.

            \u05D4\u05D8\u05E7\u05E1\u05D8 \u05DE\u05D5\u05E6\u05D2 \u05DE\u05E9\u05DE\u05D0\u05DC \u05DC\u05D9\u05DE\u05D9\u05DF \uD83D\uDE2C (shown left to right)
            """;

    private SampleDescriptions() {}

    /** Null for about one issue in eight, as in real projects. */
    static @Nullable String describe(String type, Random random) {
        int dice = random.nextInt(24);
        if (dice < 3) {
            return null;
        }
        if (dice == 3) {
            return OTHER_SCRIPT.strip();
        }
        String text =
                switch (type) {
                    case "Bug" ->
                        BUG.formatted(
                                SampleTexts.pick(SampleTexts.PLATFORMS, random),
                                random.nextInt(900),
                                20 + random.nextInt(300));
                    case "Story", "Epic" ->
                        STORY.formatted(
                                "Every " + SampleTexts.pick(SampleTexts.ROLES, random),
                                3 + random.nextInt(90),
                                random.nextInt(5000));
                    default -> TASK.formatted(1 + random.nextInt(9), random.nextInt(400));
                };
        if (dice == 4) {
            return (text + "\nh3. Minutes of the discussion\n" + minutes(random)).strip();
        }
        return text.strip();
    }

    private static String minutes(Random random) {
        StringBuilder minutes = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            minutes.append("* As a ")
                    .append(SampleTexts.pick(SampleTexts.ROLES, random))
                    .append(" I want to ")
                    .append(SampleTexts.pick(SampleTexts.WISHES, random))
                    .append(", so that ")
                    .append(SampleTexts.pick(SampleTexts.REASONS, random))
                    .append(".\n");
        }
        return minutes.toString();
    }
}
