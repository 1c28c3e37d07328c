package org.almoner.agent.world;

import java.util.List;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.Receipt;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;

/** A real log: sequenced, signed, read back through its tiles. */
public final class SmallLog {
  private static final Bytes NO_RIDER = Bytes.of(new byte[0]);

  private final String origin;
  private List<Ed25519NoteSigner> signers;
  private final MemoryStore store = new MemoryStore();
  private Sequencer sequencer;
  private final LogReader reader = new LogReader(store);
  private int salts;

  public SmallLog(String origin, SigningKey key) throws Exception {
    this.origin = origin;
    this.signers = List.of(new Ed25519NoteSigner(origin, key));
    Sequencer.create(origin, signers, store, store);
    this.sequencer = Sequencer.open(origin, signers, store, store);
  }

  public String verifierKey() {
    return signers.get(0).verifier().format();
  }

  /** Both keys sign from now on, and the log says so; returns the proof. */
  public synchronized ProvenRotation rotate(SigningKey key) throws Exception {
    Ed25519NoteSigner next = new Ed25519NoteSigner(origin, key);
    signers = List.of(signers.get(0), next);
    sequencer = Sequencer.open(origin, signers, store, store);
    KeyRotation rotation = new KeyRotation(signers.get(0).verifier(), next.verifier());
    long leaf = sequencer.commit(List.of(rotation.entry().octets()), NO_RIDER).firstIndex();
    return new ProvenRotation(
        rotation, TlogProof.of(leaf, reader.inclusion(leaf, size()), checkpoint()));
  }

  /** The older key alone signs from now on, as only a thief would have it. */
  public synchronized void forgetNewer() throws Exception {
    signers = List.of(signers.get(0));
    sequencer = Sequencer.open(origin, signers, store, store);
  }

  /** The newer key alone signs from now on. */
  public synchronized void retire() throws Exception {
    signers = List.of(signers.get(1));
    sequencer = Sequencer.open(origin, signers, store, store);
  }

  /** Hashes from one size to a later one, as a proof. */
  public synchronized ConsistencyProof between(long first, long second) throws java.io.IOException {
    return reader.consistency(first, second);
  }

  /** Where a commitment stands, and its salt. */
  public record Place(long leaf, Hash salt, int part) {}

  /** Logs a commitment to one part of a record. */
  public synchronized Place log(Kind kind, Envelope record, int part) throws Exception {
    Hash salt = Hash.sha256(Bytes.utf8(origin + " salt " + salts++).toArray());
    Commitment commitment = Commitment.of(kind, origin, salt, part, record.record());
    Committed committed = sequencer.commit(List.of(commitment.entry().octets()), NO_RIDER);
    return new Place(committed.firstIndex(), salt, part);
  }

  /** Somebody else's entries. */
  public synchronized void logOthers(int count, String what) throws Exception {
    for (int i = 0; i < count; i++) {
      sequencer.commit(List.of(Bytes.utf8(what + i)), NO_RIDER);
    }
  }

  public synchronized SignedCheckpoint checkpoint() {
    return sequencer.checkpoint();
  }

  public synchronized long size() {
    return checkpoint().checkpoint().size();
  }

  /** A receipt under the newest checkpoint. */
  public synchronized Receipt receipt(List<Place> places, long knownSize) throws Exception {
    List<LineProof> lines = new java.util.ArrayList<>();
    for (Place place : places) {
      lines.add(
          new LineProof(
              place.leaf(),
              place.salt(),
              place.part(),
              reader.inclusion(place.leaf(), size()).hashes()));
    }
    List<Hash> consistency =
        knownSize == 0 || knownSize >= size()
            ? List.of()
            : reader.consistency(knownSize, size()).hashes();
    return new Receipt(checkpoint().format(), lines, consistency);
  }

  /** Hashes from one size to a later one. */
  public synchronized List<Hash> consistency(long first, long second) throws java.io.IOException {
    return reader.consistency(first, second).hashes();
  }

  public java.util.Optional<Bytes> tile(TilePath path) throws Exception {
    return store.find(path);
  }
}
