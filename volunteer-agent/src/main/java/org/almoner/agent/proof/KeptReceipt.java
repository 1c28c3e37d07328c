package org.almoner.agent.proof;

import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A record of this agent with everything that shows it to be in the log, as it lies on the shelf.
 *
 * @param origin name of the log
 * @param logKey the log's verifier key that signed the checkpoint, in signed-note form
 * @param record as this agent signed it
 * @param receipt checked before it was put here
 */
public record KeptReceipt(String origin, String logKey, Envelope record, Receipt receipt) {
  static KeptReceipt parse(Envelope.Kind kind, JsonFields fields) throws MalformedJson {
    return new KeptReceipt(
        fields.text("origin", 200),
        fields.text("logKey", 400),
        Envelope.parse(kind, fields.object("record")),
        Receipt.parse(fields.object("receipt")));
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("logKey", logKey)
        .put("record", record.toJson())
        .put("receipt", receipt.toJson())
        .build();
  }

  /**
   * The proof of one line in the form that any log tool checks.
   *
   * @param part index of the line, 0 when the record is no report
   * @throws MalformedCheckpoint when the stored checkpoint is no note
   */
  public TlogProof tlogProof(int part) throws MalformedCheckpoint {
    LineProof line = receipt.lines().get(part);
    try {
      return new TlogProof(
          Bytes.of(new byte[0]),
          line.leaf(),
          new InclusionProof(line.inclusion()),
          SignedNote.parse(receipt.checkpoint()));
    } catch (MalformedNote e) {
      throw new MalformedCheckpoint("the checkpoint of the receipt: " + e.getMessage());
    }
  }
}
