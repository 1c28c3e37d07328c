package org.almoner.ledger.tally;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.usage.UsageLine;

/**
 * A usage line whose report's signature was checked, and the leaf its opening leads to.
 *
 * <p>Whether the log holds that leaf is for a proof to show.
 */
public final class CheckedLine {
  private final long leaf;
  private final Hash leafHash;
  private final AgentId agent;
  private final UsageLine line;

  CheckedLine(long leaf, Hash leafHash, AgentId agent, UsageLine line) {
    this.leaf = leaf;
    this.leafHash = leafHash;
    this.agent = agent;
    this.line = line;
  }

  /** Index in the log. */
  public long leaf() {
    return leaf;
  }

  /** What the log's leaf must hash to. */
  public Hash leafHash() {
    return leafHash;
  }

  /** Who measured. */
  public AgentId agent() {
    return agent;
  }

  /** What was measured. */
  public UsageLine line() {
    return line;
  }

  /** The unit it is a replica of. */
  public UnitId unit() {
    return new UnitId(line.lease().batch(), line.lease().unit());
  }

  /** The UTC day the line belongs to: that of its end. */
  public LocalDate day() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(line.endMs()), ZoneOffset.UTC);
  }
}
