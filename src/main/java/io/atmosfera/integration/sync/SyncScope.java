package io.atmosfera.integration.sync;

import org.jspecify.annotations.Nullable;

/** A part of a source with streams of its own. Getters in the bean style, for routes. */
public interface SyncScope {

    /** What it is known by from sync to sync. */
    String getKey();

    /** How people call it. */
    String getName();

    /** Why it cannot be read at all; null where it can. */
    @Nullable
    Throwable getFailure();

    /** {@link #getFailure} in a sentence. */
    @Nullable
    String getError();
}
