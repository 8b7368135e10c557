package io.atmosfera.integration.security;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a caller may do, lowest first; each role includes those before it. */
public enum Role {
    VIEWER,
    MEMBER,
    MANAGER,
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The lower of the two. */
    static Role lower(Role one, Role other) {
        return Stream.of(one, other).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** This role and all that it includes. */
    List<Role> included() {
        return Stream.of(values()).filter(this::includes).toList();
    }
}
