package org.almoner.ledger.entry;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Outcomes of the leaves in a contiguous range of the log, in bulk.
 *
 * <p>Each usage line has exactly one outcome other than {@link Outcome#NONE} in the whole log;
 * leaves of other kinds have none. Ranges may overlap, since a pending line is settled later.
 *
 * @param from first leaf of the range
 * @param outcomes one for each leaf from {@code from} on, 1 to {@link #LEAVES_MAX}
 */
public record Settlement(long from, List<Outcome> outcomes) {
  /** Most leaves in one settlement; their digits fit an entry. */
  public static final int LEAVES_MAX = 32_768;

  /** Refuses an empty or too large range. */
  public Settlement {
    outcomes = List.copyOf(outcomes);
    if (from < 0 || outcomes.isEmpty() || outcomes.size() > LEAVES_MAX) {
      throw new IllegalArgumentException(
          "a settlement covers 1 to "
              + LEAVES_MAX
              + " leaves from index 0 on; this covers "
              + outcomes.size()
              + " from "
              + from);
    }
  }

  /** First leaf after the range. */
  public long to() {
    return from + outcomes.size();
  }

  /** What this entry says about a leaf; nothing outside its range. */
  public Outcome outcome(long leaf) {
    return leaf < from || leaf >= to() ? Outcome.NONE : outcomes.get((int) (leaf - from));
  }

  /** Reads an entry of kind settlement. */
  public static Settlement parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.SETTLEMENT);
    try {
      String digits = fields.text("outcomes", LEAVES_MAX);
      List<Outcome> outcomes = new ArrayList<>(digits.length());
      for (int i = 0; i < digits.length(); i++) {
        char c = digits.charAt(i);
        outcomes.add(
            Outcome.of("0123456789abcdef".indexOf(c))
                .orElseThrow(() -> fields.at("outcomes", "unknown outcome '" + c + "'")));
      }
      Settlement settlement =
          new Settlement(fields.integer("from", 0, JsonValue.INTEGER_MAX), outcomes);
      fields.end();
      return settlement;
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind SETTLEMENT: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    StringBuilder digits = new StringBuilder(outcomes.size());
    outcomes.forEach(o -> digits.append(Character.forDigit(o.digit(), 16)));
    return Entry.ofRecord(
        Kind.SETTLEMENT,
        JsonValue.Obj.of().put("from", from).put("outcomes", digits.toString()).build());
  }
}
