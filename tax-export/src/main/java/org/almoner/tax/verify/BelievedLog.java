package org.almoner.tax.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.WitnessPolicy;

/**
 * A log that a reader believes: its name and every key it ever had.
 *
 * <p>A key that was stolen can sign anything, with any content; only a witness's moment tells what
 * it signed before. So what only revoked keys signed counts when enough witnesses signed it before
 * the revocation, and otherwise not at all.
 *
 * @param keys the oldest first, 1 to {@value #KEYS_MAX}, all of one name, which is the log's
 */
public record BelievedLog(List<BelievedKey> keys) {
  /** Most keys of one log. */
  public static final int KEYS_MAX = 32;

  /** Refuses keys of several logs, one key twice, and none. */
  public BelievedLog {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > KEYS_MAX) {
      throw new IllegalArgumentException("a log has 1 to " + KEYS_MAX + " keys");
    }
    String name = keys.get(0).key().name();
    Set<VerifierKey> distinct = new HashSet<>();
    for (BelievedKey believed : keys) {
      // Twice, once revoked and once not, it would count as not revoked.
      if (!distinct.add(believed.key())) {
        throw new IllegalArgumentException(
            "the key " + believed.key().format() + " is listed twice; list each key once");
      }
      if (!believed.key().name().equals(name)) {
        throw new IllegalArgumentException(
            "the key is of " + believed.key().name() + ", not of " + name);
      }
    }
  }

  /** A log whose keys nobody stole. */
  public static BelievedLog of(List<VerifierKey> keys) {
    return new BelievedLog(keys.stream().map(BelievedKey::new).toList());
  }

  /** The log's name. */
  public String origin() {
    return keys.get(0).key().name();
  }

  /** Its keys, the oldest first. */
  public List<VerifierKey> verifiers() {
    return keys.stream().map(BelievedKey::key).toList();
  }

  /**
   * Opens a checkpoint.
   *
   * @param policy whose moments count for what only revoked keys signed
   * @throws NoteRejected when no key of the log signed it, or only revoked ones and too late
   * @throws MalformedCheckpoint when it is none
   */
  public SignedCheckpoint open(SignedNote note, WitnessPolicy policy)
      throws NoteRejected, MalformedCheckpoint {
    SignedCheckpoint signed = openWhenever(note);
    List<NoteVerifier> by = note.open(verifiers()).signedBy();
    List<BelievedKey> signers = keys.stream().filter(k -> by.contains(k.key())).toList();
    if (signers.stream().allMatch(BelievedKey::isRevoked)) {
      // Whoever forges a note that several revoked keys signed needs the one revoked last, too.
      requireWitnessed(
          note,
          signers.stream().max(Comparator.comparingLong(BelievedKey::revokedAt)).orElseThrow(),
          policy);
    }
    return signed;
  }

  /**
   * Opens a checkpoint that something else already binds to a moment.
   *
   * @throws NoteRejected when no key of the log signed it
   * @throws MalformedCheckpoint when it is none
   */
  SignedCheckpoint openWhenever(SignedNote note) throws NoteRejected, MalformedCheckpoint {
    return SignedCheckpoint.open(note, origin(), verifiers());
  }

  private static void requireWitnessed(SignedNote note, BelievedKey key, WitnessPolicy policy)
      throws NoteRejected {
    Instant at = Instant.ofEpochSecond(key.revokedAt());
    String revoked =
        "the log's key " + key.key().format() + " was revoked as of " + at + " as stolen";
    if (policy.asksNobody()) {
      throw new NoteRejected(
          revoked
              + ", and the trust file names no witnesses who must sign: nothing shows that this"
              + " checkpoint is older; ask the charity for a document of its new log");
    }
    List<String> before = new ArrayList<>();
    for (Map.Entry<String, Long> witness : policy.times(note).entrySet()) {
      if (witness.getValue() < key.revokedAt()) {
        before.add(witness.getKey());
      }
    }
    if (!policy.satisfied(before)) {
      throw new NoteRejected(
          revoked
              + ": only what enough witnesses signed before counts, and before that moment "
              + (before.isEmpty() ? "none" : String.join(", ", before))
              + " signed this checkpoint");
    }
  }
}
