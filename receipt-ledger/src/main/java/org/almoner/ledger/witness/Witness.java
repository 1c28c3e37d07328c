package org.almoner.ledger.witness;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Hash;

/**
 * Signs the checkpoints of the logs it knows, each only when it contains all that was signed
 * before.
 *
 * <p>Looking at the last size, checking the proof and keeping the new checkpoint are one step: two
 * requests at once never lead back. What is answered was durable before.
 *
 * @see <a href="https://c2sp.org/tlog-witness">c2sp.org/tlog-witness</a>
 */
public final class Witness {
  private final Cosigner cosigner;
  private final Map<String, List<VerifierKey>> logs = new HashMap<>();
  private final WitnessStore store;
  private final InstantSource clock;
  private Optional<String> stopped = Optional.empty();

  /**
   * Watches the logs of {@code keys}, each under the name its keys carry; a log that passes from
   * one key to another has several, and one of them must have signed.
   */
  public Witness(
      Cosigner cosigner, List<VerifierKey> keys, WitnessStore store, InstantSource clock) {
    this.cosigner = cosigner;
    this.store = store;
    this.clock = clock;
    for (VerifierKey key : keys) {
      logs.computeIfAbsent(key.name(), name -> new ArrayList<>()).add(key);
    }
  }

  /** What a request is answered with. */
  public sealed interface Reply {
    /**
     * The witness signed (200).
     *
     * @param signature its own line
     */
    record Cosigned(NoteSignature signature) implements Reply {}

    /**
     * Another size was signed last (409).
     *
     * @param size that size
     */
    record OtherSize(long size) implements Reply {}

    /**
     * Not signed.
     *
     * @param status 400, 403, 404, 422 or 500
     * @param sentence why
     */
    record Refused(int status, String sentence) implements Reply {}
  }

  /** What was signed last of a log. */
  private record Last(long size, Hash root, long seconds) {
    static final Last NOTHING = new Last(0, TreeHash.EMPTY_ROOT, 0);
  }

  /** Answers one {@code add-checkpoint}; the order of its checks is the specification's. */
  public Reply add(String body) {
    AddCheckpoint request;
    try {
      request = AddCheckpoint.parse(body);
    } catch (MalformedNote e) {
      return new Reply.Refused(400, String.valueOf(e.getMessage()));
    }
    List<String> lines = request.checkpoint().text().lines().toList();
    String origin = lines.get(0);
    List<VerifierKey> keys = logs.get(origin);
    if (keys == null) {
      return new Reply.Refused(404, "this witness does not know log " + origin);
    }
    Checkpoint checkpoint;
    try {
      checkpoint = SignedCheckpoint.open(request.checkpoint(), origin, keys).checkpoint();
    } catch (NoteRejected e) {
      return new Reply.Refused(403, String.valueOf(e.getMessage()));
    } catch (MalformedCheckpoint e) {
      boolean emptyTree = lines.size() > 1 && lines.get(1).equals("0");
      return new Reply.Refused(emptyTree ? 422 : 400, String.valueOf(e.getMessage()));
    }
    if (request.oldSize() > checkpoint.size()) {
      return new Reply.Refused(
          400, "old size " + request.oldSize() + " exceeds the checkpoint's " + checkpoint.size());
    }
    return decide(request, checkpoint, keys);
  }

  private synchronized Reply decide(
      AddCheckpoint request, Checkpoint checkpoint, List<VerifierKey> keys) {
    if (stopped.isPresent()) {
      return new Reply.Refused(500, "this witness has stopped: " + stopped.get());
    }
    try {
      Last last = last(checkpoint.origin());
      if (request.oldSize() != last.size()) {
        return new Reply.OtherSize(last.size());
      }
      request.proof().verify(last.size(), last.root(), checkpoint.size(), checkpoint.root());
      long now = clock.instant().getEpochSecond();
      if (now < last.seconds() || now <= 0) {
        return new Reply.Refused(
            500, "this witness's clock went back behind its last signature; set the clock");
      }
      return cosign(request.checkpoint(), keys, now);
    } catch (ProofRejected e) {
      return new Reply.Refused(422, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      stopped = Optional.of("its store failed: " + e.getMessage());
      return new Reply.Refused(500, "this witness has stopped: " + stopped.get());
    }
  }

  private Reply cosign(SignedNote note, List<VerifierKey> keys, long now) throws IOException {
    NoteSignature signature = cosigner.sign(note.text(), now);
    List<NoteSignature> kept = new ArrayList<>();
    for (NoteSignature line : note.signatures()) {
      if (keys.stream().anyMatch(k -> k.keyId() == line.keyId() && k.name().equals(line.name()))) {
        kept.add(line);
      }
    }
    kept.add(signature);
    store.write(keys.get(0).name(), new SignedNote(note.text(), kept).format());
    return new Reply.Cosigned(signature);
  }

  private Last last(String origin) throws IOException {
    Optional<String> kept = store.read(origin);
    if (kept.isEmpty()) {
      return Last.NOTHING;
    }
    try {
      SignedNote note = SignedNote.parse(kept.get());
      note.open(List.of(cosigner.verifier()));
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!checkpoint.origin().equals(origin)) {
        throw new IOException(
            "the checkpoint kept for " + origin + " is of " + checkpoint.origin());
      }
      NoteSignature own = note.signatures().get(note.signatures().size() - 1);
      return new Last(checkpoint.size(), checkpoint.root(), CosignerKey.seconds(own.signature()));
    } catch (MalformedNote | NoteRejected | MalformedCheckpoint e) {
      throw new IOException(
          "the checkpoint kept for " + origin + " is not one this key signed: " + e.getMessage(),
          e);
    }
  }

  /** The last cosigned checkpoint of the log with that name; see {@link FileWitnessStore#name}. */
  public Optional<String> latest(String name) throws IOException {
    for (String origin : logs.keySet()) {
      if (FileWitnessStore.name(origin).equals(name)) {
        return store.read(origin);
      }
    }
    return Optional.empty();
  }
}
