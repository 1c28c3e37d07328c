package org.almoner.coordinator.validation;

import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;

/**
 * What of a result is held against those of the same unit's other replicas.
 *
 * @param digest must be the same: of the output, or of its canonical form
 * @param counted whether the instruction counts must be the same too
 * @param tolerant whether the output also holds numbers that need only be close
 * @param replica its replica's number, when it is tolerant; else 0
 * @param close bit {@code i} says that its numbers are close to those of replica {@code i}, which
 *     was logged before it
 */
public record Compared(Hash digest, boolean counted, boolean tolerant, int replica, int close) {
  /** Octet by octet, with the count. */
  public static Compared exactly(Hash output) {
    return new Compared(output, true, false, 0, 0);
  }

  /** By the digest of a canonical form. */
  public static Compared canonically(Hash digest, boolean counted) {
    return new Compared(digest, counted, false, 0, 0);
  }

  /** By numbers too, close to those of the replicas in {@code close}. */
  public static Compared within(Hash digest, boolean counted, int replica, int close) {
    return new Compared(digest, counted, true, replica, close);
  }

  /** Whether both are the same output, counts aside. */
  boolean sameOutput(Compared other) {
    return digest.equals(other.digest) && (!tolerant || isClose(other));
  }

  private boolean isClose(Compared other) {
    return replica == other.replica
        || ((close >> other.replica) & 1) == 1
        || ((other.close >> replica) & 1) == 1;
  }

  /** How an agreed result of this kind is proved. */
  Outcome.Tier tier() {
    return counted && !tolerant ? Outcome.Tier.C1 : Outcome.Tier.C2;
  }
}
