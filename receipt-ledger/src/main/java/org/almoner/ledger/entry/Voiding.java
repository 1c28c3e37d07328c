package org.almoner.ledger.entry;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Accepted lines that count no more, or voided lines that count again.
 *
 * @param reinstates whether the lines count again
 * @param leaves indexes of usage lines, ascending
 * @param reason a word of the operator's list, {@code a-z} and dashes
 */
public record Voiding(boolean reinstates, List<Long> leaves, String reason) {
  /** Most lines in one entry. */
  public static final int LEAVES_MAX = 3_000;

  /** Refuses leaves out of order and reasons that are more than a word. */
  public Voiding {
    leaves = List.copyOf(leaves);
    if (leaves.isEmpty() || leaves.size() > LEAVES_MAX) {
      throw new IllegalArgumentException(
          "1 to " + LEAVES_MAX + " leaves in one entry, got " + leaves.size());
    }
    long before = -1;
    for (long leaf : leaves) {
      if (leaf <= before) {
        throw new IllegalArgumentException("leaf " + leaf + " is out of order");
      }
      before = leaf;
    }
    if (!reason.matches("[a-z][a-z-]{0,39}")) {
      throw new IllegalArgumentException("a reason is one word of a-z and dashes, got " + reason);
    }
  }

  /** Reads an entry of kind void or reinstate. */
  public static Voiding parse(Entry entry) throws MalformedEntry {
    boolean reinstates = entry.kind() == Kind.REINSTATE;
    JsonFields fields = entry.fields(reinstates ? Kind.REINSTATE : Kind.VOID);
    try {
      List<Long> leaves = new ArrayList<>();
      if (!(fields.value("leaves") instanceof JsonValue.Array array)) {
        throw fields.at("leaves", "expected an array");
      }
      for (JsonValue item : array.items()) {
        if (!(item instanceof JsonValue.Int index)) {
          throw fields.at("leaves", "expected integers, got " + item.kind());
        }
        leaves.add(index.value());
      }
      Voiding voiding = new Voiding(reinstates, leaves, fields.text("reason", 40));
      fields.end();
      return voiding;
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind " + entry.kind() + ": " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    List<JsonValue> indexes = new ArrayList<>();
    leaves.forEach(leaf -> indexes.add(new JsonValue.Int(leaf)));
    return Entry.ofRecord(
        reinstates ? Kind.REINSTATE : Kind.VOID,
        JsonValue.Obj.of().put("leaves", indexes).put("reason", reason).build());
  }
}
