package org.almoner.ledger.entry;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The operator's settings that decide what counts, from this entry on.
 *
 * @param maturitySeconds how long a line rests before it may be settled
 * @param openPeriod whether statements may cover a year that has not closed
 * @param software what runs the log, name and version
 */
public record Policy(long maturitySeconds, boolean openPeriod, String software) {
  /** Longest maturity: ten years. */
  public static final long MATURITY_SECONDS_MAX = 10L * 366 * 86_400;

  /** Refuses a maturity out of range. */
  public Policy {
    if (maturitySeconds < 0 || maturitySeconds > MATURITY_SECONDS_MAX) {
      throw new IllegalArgumentException(
          "maturity is 0 to " + MATURITY_SECONDS_MAX + " seconds, got " + maturitySeconds);
    }
  }

  /** Reads an entry of kind policy. */
  public static Policy parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.POLICY);
    try {
      Policy policy =
          new Policy(
              fields.integer("maturitySeconds", 0, MATURITY_SECONDS_MAX),
              fields.bool("openPeriod"),
              fields.text("software", 100));
      fields.end();
      return policy;
    } catch (MalformedJson e) {
      throw new MalformedEntry("entry of kind POLICY: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    return Entry.ofRecord(
        Kind.POLICY,
        JsonValue.Obj.of()
            .put("maturitySeconds", maturitySeconds)
            .put("openPeriod", openPeriod)
            .put("software", software)
            .build());
  }
}
