package org.almoner.tax.register;

import java.util.Locale;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What a receipt's entry in the log covers: that a sealed file was given out under a number, or
 * that the number was replaced or cancelled since. Formats: {@code docs/spec/register.md}.
 *
 * @param number the document's number
 * @param pdf SHA-256 of its sealed file
 * @param state what is said of it
 * @param by number of the document that stands for it now; empty unless it was replaced
 */
public record ReceiptRecord(String number, Hash pdf, State state, String by) {
  /** What a receipt's entry says. */
  public enum State {
    /** The sealed file was given out. */
    ISSUED,
    /** Another document stands for it. */
    REPLACED,
    /** It counts no more. */
    CANCELLED;

    /** The state in records and answers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses a successor where there is none, and a replacement without one. */
  public ReceiptRecord {
    if (by.isEmpty() == (state == State.REPLACED)) {
      throw new IllegalArgumentException("a successor goes with a replaced document: " + number);
    }
  }

  /** That a document was given out. */
  public static ReceiptRecord issued(Registered document) {
    return new ReceiptRecord(document.number(), document.pdf(), State.ISSUED, "");
  }

  /** That {@code by} stands for a document. */
  public static ReceiptRecord replaced(Registered document, String by) {
    return new ReceiptRecord(document.number(), document.pdf(), State.REPLACED, by);
  }

  /** That a document counts no more. */
  public static ReceiptRecord cancelled(Registered document) {
    return new ReceiptRecord(document.number(), document.pdf(), State.CANCELLED, "");
  }

  /** Reads the object that {@link #toJson} writes. */
  public static ReceiptRecord parse(JsonFields fields) throws MalformedJson {
    String number = fields.text("number", RegisterEvent.NUMBER_MAX);
    Hash pdf = fields.hash("pdf");
    State state = fields.has("state") ? fields.parsed("state", ReceiptRecord::state) : State.ISSUED;
    String by = fields.has("by") ? fields.text("by", RegisterEvent.NUMBER_MAX) : "";
    fields.end();
    try {
      return new ReceiptRecord(number, pdf, state, by);
    } catch (IllegalArgumentException e) {
      throw fields.at("by", String.valueOf(e.getMessage()));
    }
  }

  private static State state(String text) {
    State state = State.valueOf(text.toUpperCase(Locale.ROOT));
    if (state == State.ISSUED || !state.text().equals(text)) {
      throw new IllegalArgumentException("expected replaced or cancelled, got " + text);
    }
    return state;
  }

  /** {@code number} and {@code pdf}; {@code state} unless issued, {@code by} where replaced. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder record = JsonValue.Obj.of().put("number", number).put("pdf", pdf.toHex());
    if (state != State.ISSUED) {
      record.put("state", state.text());
    }
    if (!by.isEmpty()) {
      record.put("by", by);
    }
    return record.build();
  }

  /** What the commitment covers. */
  public Bytes octets() {
    return CanonicalJson.bytes(toJson());
  }

  /** The log entry that {@code salt} opens. */
  public Entry entry(String origin, Hash salt) {
    return Commitment.of(Kind.RECEIPT, origin, salt, 0, octets()).entry();
  }
}
