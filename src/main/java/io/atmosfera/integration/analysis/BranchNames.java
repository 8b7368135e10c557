package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which branches are kept for releases, by their names: a line of versions, whatever the product is called before it. */
final class BranchNames {

    private static final Pattern KEPT_FOR_RELEASES = Pattern.compile(
            "(?i)(?:releases?|rel|stable|support|maint|maintenance|lts)[-/_].+|.+[-_.](?:stable|lts|maint|maintenance)");
    private static final Pattern VERSION = Pattern.compile("(?i)v?\\d{1,5}(?:\\.\\d{1,5}){0,3}(?:[.-]?x)?");

    /** What stands before a version; a part of digits is a ticket's, as in CAMEL-2345-4.8.x. */
    private static final Pattern WITH_PREFIX = Pattern.compile(
            "(?i)([a-z][a-z0-9]{0,60}(?:[-_.][a-z][a-z0-9]{0,60}){0,6})[-_/]v?(\\d{1,5}(?:\\.\\d{1,5}){0,3})([.-]?x)?");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** Words of a piece of work, which may be about a version. */
    private static final Pattern WORK = Pattern.compile(
            "(?i)(?:^|[-_./])(?:add|backport|bump|bug|bugfix|bugs|change|cherry|chore|ci|clean|cleanup|demo|deprecate|deps|dependabot|doc|docs|draft|enable|example|experiment|feat|feature|features|fix|fixes|for|from|hotfix|hotfixes|improve|integrate|issue|issues|merge|migrate|migration|move|patch|poc|port|pr|prepare|refactor|remove|renovate|replace|revert|run|snyk|spike|support-for|sync|task|test|tests|to|try|update|upgrade|upgrading|use|user|users|wip|with)(?:[-_./]|$)");

    private BranchNames() {}

    /** What the names say: how many are kept for releases, and the newest of them. */
    record Releases(List<String> names) {

        int number() {
            return names.size();
        }

        String newest() {
            return names.get(names.size() - 1);
        }
    }

    /** The branches that are kept for releases, the oldest version first. */
    static Releases releases(List<String> names, String repository) {
        Map<String, Integer> prefixes = new HashMap<>();
        names.forEach(name -> {
            Matcher matcher = WITH_PREFIX.matcher(name);
            if (matcher.matches() && !WORK.matcher(name).find()) {
                prefixes.merge(prefix(matcher), 1, Integer::sum);
            }
        });
        String product = Paths.name(repository).toLowerCase(Locale.ROOT);
        List<String> releases = new ArrayList<>();
        for (String name : names) {
            if (isOfReleases(name, product, prefixes)) {
                releases.add(name);
            }
        }
        releases.sort(
                Comparator.comparing(BranchNames::numbers, BranchNames::compare).thenComparing(name -> name));
        return new Releases(releases);
    }

    private static String prefix(Matcher name) {
        return name.group(1).toLowerCase(Locale.ROOT);
    }

    private static boolean isOfReleases(String name, String product, Map<String, Integer> prefixes) {
        if (VERSION.matcher(name).matches()) {
            // A number alone is a ticket's.
            return name.indexOf('.') > 0 || name.toLowerCase(Locale.ROOT).startsWith("v") || name.endsWith("x");
        }
        if (KEPT_FOR_RELEASES.matcher(name).matches()) {
            return NUMBER.matcher(name).find()
                    || name.matches("(?i)(?:releases?|stable|lts|maint|maintenance)/.+|.+[-_.](?:stable|lts)");
        }
        Matcher matcher = WITH_PREFIX.matcher(name);
        if (!matcher.matches() || WORK.matcher(name).find()) {
            return false;
        }
        boolean isLine = matcher.group(3) != null;
        boolean isOne = prefix(matcher).equals(product) && matcher.group(2).indexOf('.') > 0;
        // Several versions behind the same words are no chance.
        boolean isOneOfSeveral = matcher.group(2).indexOf('.') > 0 && prefixes.getOrDefault(prefix(matcher), 0) > 1;
        return (isLine && matcher.group(2).length() > 0) || isOne || isOneOfSeveral;
    }

    private static List<Integer> numbers(String name) {
        List<Integer> numbers = new ArrayList<>();
        Matcher number = NUMBER.matcher(name);
        while (number.find()) {
            numbers.add(Integer.parseInt(number.group()));
        }
        return numbers;
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int compared = Integer.compare(one.get(i), other.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
