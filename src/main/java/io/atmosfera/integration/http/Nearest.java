package io.atmosfera.integration.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known name somebody meant who wrote another one. */
public final class Nearest {

    private Nearest() {}

    /** The known name with the fewest letters that differ, as long as most of them are the same. */
    public static Optional<String> to(String name, Collection<String> known) {
        String wanted = name.length() > 100 ? name.substring(0, 100) : name;
        return known.stream()
                .filter(each -> distance(wanted, each) <= Math.max(1, Math.max(wanted.length(), each.length()) / 2))
                .min(Comparator.<String>comparingInt(each -> distance(wanted, each))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters are to be put in, left out or changed; capitals count as small ones (Levenshtein). */
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
