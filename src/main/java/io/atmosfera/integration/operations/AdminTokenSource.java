package io.atmosfera.integration.operations;

import java.util.Optional;

/** Knows the administrator's token as long as it may be shown. */
@FunctionalInterface
public interface AdminTokenSource {

    Optional<String> token();
}
