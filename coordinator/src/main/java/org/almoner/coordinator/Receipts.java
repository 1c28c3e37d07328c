package org.almoner.coordinator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.journal.Logged;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.protocol.bytes.Hash;

/** Proves that what was logged is in the log. For any thread. */
final class Receipts {
  private final Sequencer sequencer;
  private final LogReader reader;

  Receipts(Sequencer sequencer, TileSource tiles) {
    this.sequencer = sequencer;
    this.reader = new LogReader(tiles);
  }

  /** Takes the tiles of a commit, so that its proofs need no reading. */
  void learn(Committed committed) {
    reader.learn(committed.tiles());
  }

  /** The log's entries. */
  LogReader log() {
    return reader;
  }

  /** Size of the newest checkpoint. */
  long size() {
    return sequencer.checkpoint().checkpoint().size();
  }

  /** A proof file of one entry under the newest checkpoint. */
  TlogProof proof(long leaf) throws IOException {
    SignedCheckpoint checkpoint = sequencer.checkpoint();
    return TlogProof.of(leaf, reader.inclusion(leaf, checkpoint.checkpoint().size()), checkpoint);
  }

  /** Proofs under the newest checkpoint. */
  Receipted prove(Logged logged, long knownSize) throws IOException {
    SignedCheckpoint checkpoint = sequencer.checkpoint();
    long size = checkpoint.checkpoint().size();
    int parts = logged.salts().size();
    List<InclusionProof> proofs = reader.inclusions(logged.leaf(), parts, size);
    List<Proven> proven = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      proven.add(
          new Proven(
              logged.leaf() + part,
              logged.salts().get(part),
              part,
              proofs.get(part).hashes(),
              logged.starter(part)));
    }
    List<Hash> consistency =
        knownSize == 0 || knownSize == size
            ? List.of()
            : reader.consistency(knownSize, size).hashes();
    return new Receipted(checkpoint.format(), proven, consistency);
  }
}
