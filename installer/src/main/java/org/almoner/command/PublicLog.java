package org.almoner.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.proof.KeptReceipt;
import org.almoner.agent.proof.LineProof;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** A log at one moment, as somebody outside finds it: everything is proved before it is told. */
final class PublicLog {
  private final LogReader reader;
  private final Checkpoint checkpoint;

  private PublicLog(LogReader reader, Checkpoint checkpoint) {
    this.reader = reader;
    this.checkpoint = checkpoint;
  }

  /** The log as {@code source} has it now, if one of {@code keys} signed it. */
  static PublicLog open(LogSource source, List<VerifierKey> keys) {
    try {
      SignedCheckpoint signed =
          SignedCheckpoint.open(source.checkpoint(), keys.get(0).name(), keys);
      return new PublicLog(new LogReader(source.tiles()), signed.checkpoint());
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
    }
  }

  long size() {
    return checkpoint.size();
  }

  /** How many lines of a receipt are not where it says. */
  int missing(KeptReceipt kept) throws IOException {
    Hash record = Hash.sha256(kept.record().record().toArray());
    int missing = 0;
    for (LineProof line : kept.receipt().lines()) {
      Hash leaf =
          Commitment.of(Kind.USAGE, kept.origin(), line.salt(), line.part(), record)
              .entry()
              .leafHash();
      missing += holds(line.leaf(), leaf) ? 0 : 1;
    }
    return missing;
  }

  private boolean holds(long index, Hash leaf) throws IOException {
    if (index >= size()) {
      return false;
    }
    try {
      reader.inclusion(index, size()).verify(index, size(), leaf, checkpoint.root());
      return true;
    } catch (ProofRejected e) {
      return false;
    }
  }

  /** What became of a usage line, and the entry that says so. */
  record Settled(Outcome outcome, long entry) {}

  /** What the log says of the usage line at {@code leaf}; empty while it says nothing. */
  Optional<Settled> settled(long leaf) throws IOException {
    for (long from = leaf + 1; from < size(); ) {
      List<Bytes> entries = reader.entriesFrom(from, size());
      for (Bytes octets : entries) {
        Optional<Settled> found = settled(leaf, octets, from);
        if (found.isPresent()) {
          return found;
        }
        from++;
      }
    }
    return Optional.empty();
  }

  private Optional<Settled> settled(long leaf, Bytes octets, long index) throws IOException {
    try {
      Entry entry = Entry.parse(octets);
      if (entry.kind() != Kind.SETTLEMENT) {
        return Optional.empty();
      }
      Outcome outcome = Settlement.parse(entry).outcome(leaf);
      if (outcome == Outcome.NONE || !holds(index, entry.leafHash())) {
        return Optional.empty();
      }
      return Optional.of(new Settled(outcome, index));
    } catch (MalformedEntry e) {
      throw Failure.failed("entry " + index + " of the log: " + e.getMessage());
    }
  }
}
