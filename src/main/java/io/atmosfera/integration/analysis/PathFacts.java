package io.atmosfera.integration.analysis;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the path of a file tells.
 *
 * @param kind     source, test, build, fixture, vendored, generated, recorded or other
 * @param language as GitHub calls it; null where its extension is of none
 * @param subject  what a source is called and a test is called after, with its family of languages; null for all others
 * @param tool     the build tool that reads it; null where none does
 */
record PathFacts(String kind, @Nullable String language, @Nullable String subject, @Nullable String tool) {

    static final String SOURCE = "source";
    static final String TEST = "test";
    static final String BUILD = "build";
    static final String FIXTURE = "fixture";
    static final String OTHER = "other";

    /** Kinds of files that nobody here has written: they say nothing of the work on a repository. */
    static final Set<String> LEFT_OUT = Set.of(ContentMarks.GENERATED, ContentMarks.VENDORED, ContentMarks.RECORDED);
}
