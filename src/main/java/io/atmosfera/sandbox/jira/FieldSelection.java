package io.atmosfera.sandbox.jira;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Jira's {@code fields} parameter: names, {@code *all}, {@code *navigable}, and {@code -name} to leave out. */
record FieldSelection(boolean all, boolean navigable, Set<String> included, Set<String> excluded) {

    static final FieldSelection EVERYTHING = new FieldSelection(true, false, Set.of(), Set.of());
    static final FieldSelection NAVIGABLE = new FieldSelection(false, true, Set.of(), Set.of());
    static final FieldSelection ID_ONLY = new FieldSelection(false, false, Set.of("id"), Set.of());

    private static final Set<String> NOT_FIELDS = Set.of("id", "key", "issuekey", "");

    static FieldSelection of(List<String> names, FieldSelection byDefault) {
        if (names.isEmpty()) {
            return byDefault;
        }
        boolean all = false;
        boolean navigable = false;
        Set<String> included = new HashSet<>();
        Set<String> excluded = new HashSet<>();
        for (String name : names) {
            if (name.equals("*all")) {
                all = true;
            } else if (name.equals("*navigable")) {
                navigable = true;
            } else if (name.startsWith("-")) {
                excluded.add(name.substring(1));
            } else {
                included.add(name);
            }
        }
        boolean onlyExclusions = !all && !navigable && included.isEmpty();
        boolean allByDefault = onlyExclusions && byDefault.all();
        return new FieldSelection(
                all || allByDefault, navigable || (onlyExclusions && !allByDefault), included, excluded);
    }

    boolean includes(String field) {
        return !excluded.contains(field)
                && (all || (navigable && FieldCatalog.isNavigable(field)) || included.contains(field));
    }

    /** Nothing but the id: the bare answer of {@code /search/jql} without {@code fields}. */
    boolean isIdOnly() {
        return !wantsFields() && !included.contains("key") && !included.contains("issuekey");
    }

    /** False for queries by id and key alone, the ones that Jira answers in large pages. */
    boolean wantsFields() {
        return all || navigable || !NOT_FIELDS.containsAll(included);
    }
}
