package io.atmosfera.integration.webhook;

/**
 * What became of a delivery at the door.
 *
 * @param eventId its row; of one that was here before, the first one's
 * @param status  {@code accepted}, {@code duplicate} or {@code ignored}
 */
record Stored(long eventId, String status) {}
