package org.almoner.tax.issue;

import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What opens a statement's entry in the log: the salt and the statement. A document carries it as
 * {@code statement.json}.
 */
public record StatementOpening(Hash salt, Statement statement) {
  /**
   * Reads the octets that {@link #octets} writes.
   *
   * @throws MalformedJson naming the field
   */
  public static StatementOpening parse(Bytes octets) throws MalformedJson {
    JsonFields fields = JsonFields.of(CanonicalJson.parse(octets.toArray()));
    StatementOpening opening =
        new StatementOpening(fields.hash("salt"), Statement.parse(fields.object("statement")));
    fields.end();
    return opening;
  }

  /** Canonical JSON with the fields {@code salt} and {@code statement}. */
  public Bytes octets() {
    return CanonicalJson.bytes(
        JsonValue.Obj.of().put("salt", salt.toHex()).put("statement", statement.toJson()).build());
  }

  /** The log entry it opens. */
  public Entry entry() {
    Bytes record = record(statement);
    return Commitment.of(Kind.STATEMENT, statement.origin(), salt, 0, record).entry();
  }

  /** What the commitment covers. */
  static Bytes record(Statement statement) {
    return CanonicalJson.bytes(statement.toJson());
  }
}
