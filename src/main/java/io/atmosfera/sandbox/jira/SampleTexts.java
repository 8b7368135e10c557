package io.atmosfera.sandbox.jira;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The words about "Tideline", the ferry booking product that the sample issues are about. Any likeness is accidental. */
final class SampleTexts {

    static final List<String> COMPONENTS = List.of(
            "Booking",
            "Boarding",
            "Payments",
            "Timetable",
            "Notifications",
            "Mobile app",
            "Harbour console",
            "Reports");
    static final List<String> VERSIONS =
            List.of("2.0.0", "2.1.0", "2.1.1", "2.2.0", "2.3.0", "2.4.0", "2.5.0", "3.0.0", "3.1.0");
    static final List<String> LABELS = List.of(
            "accessibility",
            "api",
            "customer-request",
            "flaky-test",
            "gdpr",
            "i18n",
            "performance",
            "quick-win",
            "regression",
            "security",
            "tech-debt",
            "ux");
    static final List<String> SEVERITIES = List.of("Critical", "Major", "Minor", "Cosmetic");
    static final List<String> PLATFORMS = List.of("Web", "Android", "iOS", "Kiosk", "Scanner");
    static final List<List<String>> AREAS = List.of(
            List.of("Terminal", "Check-in desk"),
            List.of("Terminal", "Car lanes"),
            List.of("On board", "Cafeteria"),
            List.of("On board", "Bridge"),
            List.of("Back office", "Revenue"));
    static final List<String> EPICS = List.of(
            "Group bookings for travel agents",
            "Boarding passes that work offline",
            "Dynamic pricing for vehicle decks",
            "One timetable for all operators",
            "Refunds without calling support",
            "Accessible booking (WCAG 2.2)",
            "Harbour console on tablets",
            "Live delay notifications",
            "Loyalty programme \"Crew Card\"",
            "Move payments to the new gateway",
            "Freight customers self-service",
            "Crossing reports for harbour authorities");
    static final List<String> ROLES = List.of(
            "foot passenger",
            "driver with a trailer",
            "travel agent",
            "harbour clerk",
            "deck officer",
            "freight customer",
            "passenger in a wheelchair",
            "support agent");
    static final List<String> WISHES = List.of(
            "change the vehicle length after booking",
            "see which deck my car is on",
            "book a cabin for a pet",
            "move a booking to the next crossing",
            "pay a group booking in two parts",
            "download the invoice as PDF",
            "get a message when the ferry is late",
            "scan a boarding pass without a network",
            "see how many seats are left",
            "cancel one passenger of a booking",
            "switch the console to large print",
            "compare prices of two harbours");
    static final List<String> REASONS = List.of(
            "I do not have to call the hotline",
            "boarding takes less time",
            "I know the price before I drive off",
            "nobody is left on the quay",
            "the deck is loaded evenly",
            "I can plan the week ahead");
    static final List<String> DEFECTS = List.of(
            "Boarding pass shows the wrong deck after a vessel swap",
            "Payment is charged twice when the browser goes back",
            "Timetable is off by one hour on the last Sunday of March",
            "Search for a return trip loses the vehicle",
            "Push message for a cancelled crossing arrives after departure",
            "Trailer length is rounded down to whole metres",
            "Kiosk prints an empty ticket when paper runs low",
            "Refund mail names the wrong currency",
            "Console logs out in the middle of boarding",
            "Passenger list is cut after 250 names",
            "Names with apostrophes break the manifest export",
            "Map of the harbour does not load on slow networks",
            "Seat counter goes negative under load",
            "Discount for children ignores the date of travel");
    static final List<String> CHORES = List.of(
            "Upgrade the message broker to the next LTS",
            "Rotate the certificates of the scanner fleet",
            "Delete passenger data after 24 months",
            "Write a runbook for a failed nightly import",
            "Split the pricing tests from the slow suite",
            "Add an index for crossings by harbour and day",
            "Replace the mock gateway in staging",
            "Measure how long a boarding scan takes",
            "Clean up feature flags of release 2.3");
    static final List<String> STEPS = List.of(
            "Write the acceptance tests",
            "Translate the new texts",
            "Change the API and its documentation",
            "Build the screen",
            "Migrate existing bookings",
            "Try it with the harbour staff",
            "Add the metric to the dashboard");
    static final List<String> COMMENTS = List.of(
            "Reproduced on staging with vessel _Aurora_.",
            "The harbour staff tried it this morning and like it \uD83D\uDC4D",
            "Blocked until the new gateway sends us test cards.",
            "See the log below.\n{code}\nWARN  booking 48213: deck plan missing, using default\n{code}",
            "Can we get this into the next release? Three customers have asked.",
            "Merged. Please check the kiosk build, too.",
            "\u05E0\u05D1\u05D3\u05E7 \u05E9\u05D5\u05D1 \u05DE\u05D7\u05E8 \u05D1\u05D1\u05D5\u05E7\u05E8",
            "I split the migration off into its own sub-task.");
    static final List<String> UNUSUAL_SUMMARIES = List.of(
            "\uD83D\uDEA2 Emoji in passenger names \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 break the label printer",
            "\u062A\u0630\u0643\u0631\u0629 \u0627\u0644\u0639\u0628\u0627\u0631\u0629 \u0644\u0627 \u062A\u0638\u0647\u0631"
                    + " on the Arabic ticket page",
            "\u05DB\u05E8\u05D8\u05D9\u05E1 \u05E2\u05DC\u05D9\u05D4 (boarding pass) is shown left to right",
            "\u4E57\u8239\u5238\u306E\u6587\u5B57\u5316\u3051: Japanese names turn into question marks",
            "Quote \" apostrophe ' backslash \\ and <b>tags</b> in the search box",
            "Stra\u00DFe, \u0141\u00F3d\u017A and \u0130zmir: harbour search is case-sensitive beyond ASCII");

    private SampleTexts() {}

    static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    static String projectName(String key) {
        return switch (key) {
            case "DEMO" -> "Tideline";
            case "PORT" -> "Harbour Operations";
            default -> "Project " + key;
        };
    }

    static Person caller(String email, ZoneId zone) {
        int at = email.indexOf('@');
        String name = (at > 0 ? email.substring(0, at) : email).toLowerCase(Locale.ROOT);
        return new Person("712020:00000000-0000-4000-8000-000000000001", name, "Integration", email, zone.getId());
    }

    static List<Person> people() {
        return List.of(
                person(2, "mjensen", "Maja Jensen", "Europe/Copenhagen"),
                person(3, "lzak", "\u0141ukasz \u017Bak", "Europe/Warsaw"),
                person(4, "adi", "\u05E2\u05D3\u05D9 \u05DC\u05D5\u05D9", "Asia/Jerusalem"),
                person(5, "soconnor", "S\u00EDle O'Connor", "Europe/Dublin"),
                person(6, "ktanaka", "\u7530\u4E2D \u5065", "Asia/Tokyo"),
                person(7, "pferreira", "Paulo Ferreira", "America/Sao_Paulo"),
                person(8, "nkhan", "Nadia Khan", "Asia/Karachi"),
                person(9, "tbergstrom", "Tove Bergstr\u00F6m", "Europe/Stockholm"));
    }

    private static Person person(int number, String name, String displayName, String zone) {
        String accountId = String.format(Locale.ROOT, "712020:00000000-0000-4000-8000-%012d", number);
        return new Person(accountId, name, displayName, name + "@tideline.example", zone);
    }
}
