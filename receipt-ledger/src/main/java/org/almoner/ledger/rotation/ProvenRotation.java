package org.almoner.ledger.rotation;

import java.util.List;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A log's passing from one key to the next, with the proof that it is in the log; nothing is
 * believed before {@link #verify}.
 *
 * @param rotation which keys
 * @param proof of its entry, under a checkpoint that the old key signed
 */
public record ProvenRotation(KeyRotation rotation, TlogProof proof) {
  private static final int ENTRY_DIGITS_MAX = 4_096;
  private static final int PROOF_MAX = 65_536;

  static ProvenRotation parse(JsonFields fields) throws MalformedJson {
    try {
      KeyRotation rotation =
          KeyRotation.parse(Entry.parse(Bytes.parseHex(fields.text("entry", ENTRY_DIGITS_MAX))));
      TlogProof proof = TlogProof.parse(fields.freeText("proof", PROOF_MAX));
      fields.end();
      return new ProvenRotation(rotation, proof);
    } catch (MalformedEntry | MalformedCheckpoint | IllegalArgumentException e) {
      throw fields.at("entry or proof", String.valueOf(e.getMessage()));
    }
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("entry", rotation.entry().octets().toHex())
        .put("proof", proof.format())
        .build();
  }

  /**
   * Checks that the old key signed a checkpoint under which the rotation stands, and the new one
   * too, as it signs every checkpoint from its rotation on.
   *
   * @return that checkpoint
   */
  public SignedCheckpoint verify() throws RotationRejected {
    try {
      SignedCheckpoint signed =
          proof.verify(
              rotation.entry().leafHash(), rotation.from().name(), List.of(rotation.from()));
      if (!signed.isSignedBy(rotation.to())) {
        throw notProved("the checkpoint is not signed by the new key");
      }
      return signed;
    } catch (MalformedCheckpoint | NoteRejected | ProofRejected e) {
      throw notProved(String.valueOf(e.getMessage()));
    }
  }

  private RotationRejected notProved(String why) {
    return new RotationRejected(
        "the passing from key "
            + rotation.from().format()
            + " to "
            + rotation.to().format()
            + " is not proved: "
            + why);
  }
}
