package org.almoner.agent.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.durable.DamagedFile;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.KeptTwice;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.origin.LogKeys;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.ledger.rotation.RotationRejected;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;

/**
 * Holds the largest checkpoint this agent ever saw, twice on disk, and lets only a larger one take
 * its place that contains it.
 *
 * <p>With every agent doing so, a log cannot take back or rewrite an entry, nor show two agents two
 * histories, without leaving its signature under both.
 *
 * <p>A log may pass from one key to the next. When a checkpoint is signed by none that is known
 * here, the log is asked how it passed; each step must be proved under a checkpoint that a known
 * key signed and that fits the largest one seen. There is no other way to a new key. So an agent
 * that slept while two keys signed still follows. From the entry on by which the log passed to a
 * key, that key signs every checkpoint; what only earlier ones signed is refused, since a retired
 * key may be in other hands. Used by one thread.
 */
public final class CheckpointKeeper {
  private static final String FILE = "checkpoint";
  private static final int FILE_OCTETS_MAX = 4 * Receipt.CHECKPOINT_MAX;

  private final Path file;
  private final Path evidence;
  private final Disk disk;
  private final LogKeys keys;
  private final RotationSource rotations;
  private final ConsistencySource tiles;
  private Optional<SignedCheckpoint> largest = Optional.empty();

  private CheckpointKeeper(
      Path directory, Disk disk, LogKeys keys, RotationSource rotations, ConsistencySource tiles) {
    this.file = directory.resolve(FILE);
    this.evidence = directory.resolve("evidence");
    this.disk = disk;
    this.keys = keys;
    this.rotations = rotations;
    this.tiles = tiles;
  }

  /**
   * Opens what is kept in {@code directory}.
   *
   * @param rotations asked when a checkpoint is signed by another key
   * @param tiles asked when a rotation is to be held against the largest checkpoint
   * @throws IOException also when the checkpoint that is kept is damaged
   */
  public static CheckpointKeeper open(
      Path directory, Disk disk, LogKeys keys, RotationSource rotations, ConsistencySource tiles)
      throws IOException {
    CheckpointKeeper keeper = new CheckpointKeeper(directory, disk, keys, rotations, tiles);
    keeper.largest = KeptTwice.mend(disk, keeper.file, FILE_OCTETS_MAX, keeper::kept);
    return keeper;
  }

  private SignedCheckpoint kept(Path from, Bytes octets) throws DamagedFile {
    try {
      return opened(new String(octets.toArray(), StandardCharsets.UTF_8));
    } catch (MalformedNote | NoteRejected | MalformedCheckpoint e) {
      throw new DamagedFile(from, String.valueOf(e.getMessage()));
    }
  }

  /** The largest checkpoint seen. */
  public Optional<SignedCheckpoint> largest() {
    return largest;
  }

  /** Size of the largest checkpoint seen, 0 before the first. */
  public long size() {
    return largest.map(c -> c.checkpoint().size()).orElse(0L);
  }

  /** A checkpoint of the log first met, signed by a key that the one first shown led to. */
  SignedCheckpoint verified(String note) throws IOException, ReceiptRejected {
    try {
      SignedCheckpoint checkpoint = opened(note);
      if (!hasUnknownKey(checkpoint)) {
        return checkpoint;
      }
      learnIfAnswered();
      return opened(note);
    } catch (MalformedNote | MalformedCheckpoint e) {
      throw new ReceiptRejected("the checkpoint is not this log's: " + e.getMessage());
    } catch (NoteRejected unknown) {
      return followed(note, unknown);
    }
  }

  /** Whether it has a line of the log's name by a key not known here, as while two keys sign. */
  private boolean hasUnknownKey(SignedCheckpoint checkpoint) {
    return checkpoint.note().signatures().stream()
        .filter(line -> line.name().equals(keys.origin()))
        .anyMatch(line -> keys.all().stream().noneMatch(key -> key.keyId() == line.keyId()));
  }

  /** Learns while the old key is still in use; that nobody answers is no reason to refuse. */
  private void learnIfAnswered() throws IOException, ReceiptRejected {
    Rotations shown;
    try {
      shown = rotations.rotations();
    } catch (IOException e) {
      return;
    }
    learn(shown);
  }

  private SignedCheckpoint followed(String note, NoteRejected unknown)
      throws IOException, ReceiptRejected {
    String why = "the checkpoint is not this log's: " + unknown.getMessage();
    try {
      learn();
      return opened(note);
    } catch (ReceiptRejected e) {
      throw new ReceiptRejected(why + "; " + e.getMessage());
    } catch (MalformedNote | NoteRejected | MalformedCheckpoint e) {
      throw new ReceiptRejected(why);
    }
  }

  private SignedCheckpoint opened(String note)
      throws MalformedNote, NoteRejected, MalformedCheckpoint {
    SignedCheckpoint checkpoint = SignedCheckpoint.open(note, keys.origin(), keys.all());
    long size = checkpoint.checkpoint().size();
    VerifierKey signing = keys.signing(size);
    if (!checkpoint.isSignedBy(signing)) {
      throw new NoteRejected(
          "the checkpoint of size "
              + size
              + " is not signed by "
              + signing.format()
              + ", to which the log had passed before; only a key that was retired signed it");
    }
    return checkpoint;
  }

  /** Whether a key, in signed-note form, is one the log is known to have. */
  public boolean knows(String logKey) {
    return keys.all().stream().anyMatch(key -> key.format().equals(logKey));
  }

  /** The first of the known keys that signed. */
  VerifierKey signer(SignedCheckpoint checkpoint) {
    for (VerifierKey key : keys.all()) {
      if (checkpoint.isSignedBy(key)) {
        return key;
      }
    }
    throw new IllegalArgumentException("none of the known keys signed the checkpoint");
  }

  /**
   * Asks how the log passed from key to key, and takes the keys that are proved.
   *
   * @throws ReceiptRejected when that could not be asked, or is not proved; keys proved before stay
   * @throws IOException when the disk fails
   */
  public void learn() throws IOException, ReceiptRejected {
    Rotations shown;
    try {
      shown = rotations.rotations();
    } catch (IOException e) {
      throw new ReceiptRejected(
          "how the log came to another key could not be asked: " + e.getMessage());
    }
    learn(shown);
  }

  private void learn(Rotations shown) throws IOException, ReceiptRejected {
    for (ProvenRotation next : shown.onFrom(keys.all())) {
      SignedCheckpoint under;
      try {
        under = next.verify();
      } catch (RotationRejected e) {
        throw new ReceiptRejected(String.valueOf(e.getMessage()));
      }
      long leaf = next.proof().index();
      if (leaf <= keys.newestSince()) {
        throw new ReceiptRejected(
            "the log is said to have passed on at entry "
                + leaf
                + ", but it came to the key before only at entry "
                + keys.newestSince());
      }
      fits(under);
      keys.learn(next.rotation().to(), leaf);
    }
  }

  /** Holds a checkpoint, older or newer, against the largest one; a newer one takes its place. */
  private void fits(SignedCheckpoint shown) throws IOException, ReceiptRejected {
    long held = size();
    long size = shown.checkpoint().size();
    if (held == 0 || held == size) {
      accept(shown, new ConsistencyProof(List.of()));
      return;
    }
    ConsistencyProof between;
    try {
      between = tiles.between(Math.min(held, size), Math.max(held, size));
    } catch (IOException e) {
      throw new ReceiptRejected(
          "the log's tiles, which show that its new key is of one history with what was seen"
              + " before, could not be asked: "
              + e.getMessage());
    }
    if (size > held) {
      accept(shown, between);
      return;
    }
    Checkpoint known = largest.orElseThrow().checkpoint();
    try {
      between.verify(size, shown.checkpoint().root(), held, known.root());
    } catch (ProofRejected e) {
      throw kept(
          largest.orElseThrow(),
          shown,
          between,
          "the checkpoint under which the log passed to another key is not of one history with the"
              + " one of size "
              + held
              + " that it signed: "
              + e.getMessage());
    }
  }

  /**
   * Takes a checkpoint in place of the largest one, or keeps both as evidence.
   *
   * @throws ReceiptRejected when it is smaller, or does not contain the largest one; the message
   *     names the file with the evidence
   */
  void accept(SignedCheckpoint next, ConsistencyProof consistency)
      throws IOException, ReceiptRejected {
    if (largest.isPresent()) {
      Checkpoint held = largest.get().checkpoint();
      Checkpoint shown = next.checkpoint();
      if (shown.size() < held.size()) {
        String smaller =
            "the log shows size "
                + shown.size()
                + ", but it signed size "
                + held.size()
                + " before: it lost entries or shows an old state";
        throw kept(largest.get(), next, consistency, smaller);
      }
      try {
        consistency.verify(held.size(), held.root(), shown.size(), shown.root());
      } catch (ProofRejected e) {
        String forked =
            "the log of size "
                + shown.size()
                + " is not shown to contain the one of size "
                + held.size()
                + " that it signed before: "
                + e.getMessage();
        throw kept(largest.get(), next, consistency, forked);
      }
      if (shown.size() == held.size()) {
        return;
      }
    }
    KeptTwice.write(disk, file, Bytes.utf8(next.format()));
    largest = Optional.of(next);
  }

  private ReceiptRejected kept(
      SignedCheckpoint held, SignedCheckpoint shown, ConsistencyProof consistency, String why)
      throws IOException {
    JsonValue.Obj record =
        JsonValue.Obj.of()
            .put("held", held.format())
            .put("shown", shown.format())
            .putTexts("consistency", consistency.hashes().stream().map(Hash::toHex).toList())
            .put("why", why)
            .build();
    disk.makeDirectory(evidence);
    // Named by its content: the same finding again takes no more room.
    Path at = evidence.resolve(Hash.sha256(CanonicalJson.encode(record)).toHex() + ".json");
    RecordFile.write(disk, at, record);
    return new ReceiptRejected(why + "; both are kept in " + at);
  }
}
