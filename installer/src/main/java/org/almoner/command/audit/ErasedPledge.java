package org.almoner.command.audit;

import java.nio.charset.StandardCharsets;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What a report says of the operator's list of erased lines, as it was kept before the dice fell:
 * enough to hold the auditor to it, and nothing of whose lines belong together. The form is in
 * {@code docs/spec/audit-sample.md}.
 *
 * @param leaves how many were on it
 * @param digest of the list, with a salt that the auditor keeps
 */
public record ErasedPledge(long leaves, Hash digest) {
  private static final byte[] DOMAIN =
      "almoner/audit-erased/v1\n".getBytes(StandardCharsets.US_ASCII);

  /** Of a list that the auditor has. */
  public static ErasedPledge of(ErasedLeaves list, Hash salt) {
    return new ErasedPledge(
        list.count(), Hash.sha256(DOMAIN, salt.toArray(), list.octets().toArray()));
  }

  static ErasedPledge parse(JsonFields fields) throws MalformedJson {
    ErasedPledge pledge =
        new ErasedPledge(fields.integer("leaves", 0, JsonValue.INTEGER_MAX), fields.hash("digest"));
    fields.end();
    return pledge;
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of().put("digest", digest.toHex()).put("leaves", leaves).build();
  }
}
