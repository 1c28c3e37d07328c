package org.almoner.coordinator.desk;

/**
 * That a release is leased no more, for good.
 *
 * @param byOwner whether its owner said so, who signed it; else the operator did
 * @param reason for everybody to read
 * @param leaf index of the entry that says so in the log
 * @param atMs when it was said first, by the coordinator's clock
 */
public record Recalled(boolean byOwner, String reason, long leaf, long atMs) {}
