package org.almoner.ledger.entry;

import java.util.List;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.release.Recall;

/**
 * A release that is leased no more, in clear: by its owner, who signed the recall, or by the
 * operator, whom the log itself speaks for.
 *
 * @param signed the owner's envelope of kind recall, its signature checked; none when the operator
 *     recalls
 * @param recall what it says
 */
public record RecallEntry(List<Envelope> signed, Recall recall) {
  /** Copies the list, of none or one. */
  public RecallEntry {
    signed = List.copyOf(signed);
    if (signed.size() > 1) {
      throw new IllegalArgumentException("a recall is signed once at the most");
    }
  }

  /** The operator's. */
  public static RecallEntry ofOperator(Recall recall) {
    return new RecallEntry(List.of(), recall);
  }

  /**
   * An owner's.
   *
   * @throws BadSignature when the owner's signature does not hold
   * @throws MalformedJson when the payload is not a recall
   */
  public static RecallEntry of(Envelope signed) throws BadSignature, MalformedJson {
    return new RecallEntry(List.of(signed), Recall.parse(signed.open()));
  }

  /** Reads an entry of kind recall; checks an owner's signature. */
  public static RecallEntry parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.RECALL);
    try {
      RecallEntry recall;
      if (fields.has("owner")) {
        Envelope signed =
            new Envelope(
                Envelope.Kind.RECALL,
                CanonicalJson.bytes(fields.value("recall")),
                fields.parsed("owner", PublicKey::parseHex),
                new Signature(fields.hex("signature", Signature.SIZE)));
        recall = of(signed);
      } else {
        recall = ofOperator(Recall.parse(fields.object("recall")));
      }
      fields.end();
      return recall;
    } catch (MalformedJson | BadSignature | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind RECALL: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    JsonValue.Builder body = JsonValue.Obj.of().put("recall", recall.toJson());
    for (Envelope envelope : signed) {
      body.put("owner", envelope.signer().toHex()).put("signature", envelope.signature().toHex());
    }
    return Entry.ofRecord(Kind.RECALL, body.build());
  }
}
