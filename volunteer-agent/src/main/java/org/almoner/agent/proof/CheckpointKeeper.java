package org.almoner.agent.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;

/**
 * Holds the largest checkpoint this agent ever saw, on disk, and lets only a larger one take its
 * place that contains it.
 *
 * <p>With every agent doing so, a log cannot take back or rewrite an entry, nor show two agents two
 * histories, without leaving its signature under both. Used by one thread.
 */
public final class CheckpointKeeper {
  private static final String FILE = "checkpoint";

  private final Path file;
  private final Path evidence;
  private final Disk disk;
  private final String origin;
  private final NoteVerifier logKey;
  private Optional<SignedCheckpoint> largest = Optional.empty();

  private CheckpointKeeper(Path directory, Disk disk, String origin, NoteVerifier logKey) {
    this.file = directory.resolve(FILE);
    this.evidence = directory.resolve("evidence");
    this.disk = disk;
    this.origin = origin;
    this.logKey = logKey;
  }

  /**
   * Opens what is kept in {@code directory}.
   *
   * @throws IOException also when the checkpoint that is kept is damaged
   */
  public static CheckpointKeeper open(Path directory, Disk disk, String origin, NoteVerifier logKey)
      throws IOException {
    CheckpointKeeper keeper = new CheckpointKeeper(directory, disk, origin, logKey);
    Optional<Bytes> kept = disk.read(keeper.file, Receipt.CHECKPOINT_MAX * 4);
    if (kept.isPresent()) {
      try {
        String note = new String(kept.get().toArray(), StandardCharsets.UTF_8);
        keeper.largest = Optional.of(keeper.verified(note));
      } catch (ReceiptRejected e) {
        throw new IOException(keeper.file + " is damaged: " + e.getMessage(), e);
      }
    }
    return keeper;
  }

  /** The largest checkpoint seen. */
  public Optional<SignedCheckpoint> largest() {
    return largest;
  }

  /** Size of the largest checkpoint seen, 0 before the first. */
  public long size() {
    return largest.map(c -> c.checkpoint().size()).orElse(0L);
  }

  /** A checkpoint of the log first met, signed by the key first shown. */
  SignedCheckpoint verified(String note) throws ReceiptRejected {
    try {
      return SignedCheckpoint.open(note, origin, java.util.List.of(logKey));
    } catch (MalformedNote | NoteRejected | MalformedCheckpoint e) {
      throw new ReceiptRejected("the checkpoint is not this log's: " + e.getMessage());
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
    disk.write(file, Bytes.utf8(next.format()));
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
