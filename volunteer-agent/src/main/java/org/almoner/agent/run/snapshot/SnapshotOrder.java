package org.almoner.agent.run.snapshot;

import org.almoner.protocol.bytes.Hash;

/**
 * That a unit is put aside between its steps, and how.
 *
 * @param unit name of the unit, by which another's snapshot is told
 * @param everyMs least time between two snapshots
 * @param startMs when this part begins
 */
public record SnapshotOrder(Hash unit, long everyMs, long startMs) {}
