package org.almoner.tax.verify;

import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A log that a charity closed because its key was lost or stolen, up to the checkpoint with which
 * it ends.
 *
 * @param checkpoint the last checkpoint that counts, signed by the log
 * @param end what it says
 * @param reason {@code lost} or {@code stolen}
 * @param witnesses who had to sign the log's checkpoints when it was closed; whom the charity asks
 *     later is of other logs
 */
public record FormerLog(
    BelievedLog log,
    SignedNote checkpoint,
    Checkpoint end,
    String reason,
    WitnessPolicy witnesses) {
  private static final int NOTE_MAX = 16_384;

  /**
   * Checks that the log signed the checkpoint, and before a revocation.
   *
   * @throws MalformedNote when the checkpoint does not count
   */
  public static FormerLog of(
      BelievedLog log, String checkpoint, String reason, WitnessPolicy policy)
      throws MalformedNote {
    try {
      SignedNote note = SignedNote.parse(checkpoint);
      return new FormerLog(log, note, log.open(note, policy).checkpoint(), reason, policy);
    } catch (NoteRejected | MalformedCheckpoint e) {
      throw new MalformedNote("the last checkpoint of " + log.origin() + ": " + e.getMessage());
    }
  }

  /** Refuses another reason. */
  public FormerLog {
    if (!reason.equals("lost") && !reason.equals("stolen")) {
      throw new IllegalArgumentException("a log was closed as lost or stolen, got " + reason);
    }
  }

  /**
   * @param otherwise the policy of the whole file, which holds where the log has none of its own
   */
  static FormerLog parse(JsonFields fields, WitnessPolicy otherwise)
      throws MalformedJson, MalformedNote {
    BelievedLog log = TrustFile.log(fields);
    WitnessPolicy policy = TrustFile.witnesses(fields).orElse(otherwise);
    FormerLog former =
        of(log, fields.freeText("checkpoint", NOTE_MAX), fields.text("reason", 10), policy);
    fields.end();
    return former;
  }

  JsonValue.Obj toJson() {
    List<JsonValue.Obj> keys = new ArrayList<>();
    log.keys().forEach(key -> keys.add(key.toJson()));
    return JsonValue.Obj.of()
        .put("origin", log.origin())
        .put("keys", keys)
        .put("checkpoint", checkpoint.format())
        .put("reason", reason)
        .putTexts("witnesses", witnesses.lines())
        .build();
  }

  /**
   * Says that a checkpoint lies before the last one.
   *
   * @throws StepFailed when it does not
   */
  String contains(Checkpoint earlier) throws StepFailed {
    boolean beyond =
        earlier.size() > end.size()
            || (earlier.size() == end.size() && !earlier.root().equals(end.root()));
    if (beyond) {
      throw new StepFailed(
          log.origin()
              + " was closed (key "
              + reason
              + ") with a checkpoint of "
              + end.size()
              + " entries; one of "
              + earlier.size()
              + " entries beside or beyond it does not count");
    }
    return log.origin()
        + " was closed (key "
        + reason
        + ") with a checkpoint of "
        + end.size()
        + " entries; this one of "
        + earlier.size()
        + " lies before";
  }
}
