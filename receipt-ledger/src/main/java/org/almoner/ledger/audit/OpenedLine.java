package org.almoner.ledger.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/** A usage line that was opened, and what the log has said of it since. */
final class OpenedLine {
  private final Hash leafHash;

  /** Whose line it is; empty while that is not known. */
  private List<DonorId> donor = List.of();

  private Outcome outcome = Outcome.NONE;
  private long settledAt = Span.OPEN;

  /** The entry that made it void since others had come to something else; empty without one. */
  private OptionalLong disprovedAt = OptionalLong.empty();

  /** Entries that made it void and let it count again, in turns. */
  private final List<Long> turns = new ArrayList<>(0);

  OpenedLine(Hash leafHash) {
    this.leafHash = leafHash;
  }

  Hash leafHash() {
    return leafHash;
  }

  List<DonorId> donor() {
    return donor;
  }

  void belongsTo(DonorId owner) {
    donor = List.of(owner);
  }

  /** The first settlement holds; a second one is for the check of the log to name. */
  void settle(long entry, Outcome said) {
    if (outcome == Outcome.NONE) {
      outcome = said;
      settledAt = entry;
    }
  }

  void turn(long entry, boolean counts) {
    if (counts == (turns.size() % 2 == 1)) {
      turns.add(entry);
    }
  }

  /** Others came to something else, says the void entry at that index. */
  void disprove(long entry) {
    if (disprovedAt.isEmpty()) {
      disprovedAt = OptionalLong.of(entry);
    }
  }

  /** Index of the entry that made it void since others had come to something else. */
  OptionalLong disprovedAt() {
    return disprovedAt;
  }

  /** What the whole log says of it. */
  Outcome outcome() {
    return outcome;
  }

  /** Index of the entry that settled it; {@link Span#OPEN} when none did. */
  long settledAt() {
    return settledAt;
  }

  /** What the entries before {@code size} say of it. */
  Outcome outcome(long size) {
    return settledAt < size ? outcome : Outcome.NONE;
  }

  /** Index of the entry that settled it, among those before {@code size}; -1 when none did. */
  long settledAt(long size) {
    return settledAt < size ? settledAt : -1;
  }

  boolean isVoid(long size) {
    return turns.stream().filter(entry -> entry < size).count() % 2 == 1;
  }
}
