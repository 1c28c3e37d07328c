package org.almoner.coordinator.intake;

import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.opening.Sealed;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/**
 * A report that contradicts a logged one, as its agent signed it: kept, sealed as what opens that
 * agent's lines is, never logged.
 *
 * @param digest SHA-256 of its payload
 * @param slug which rule it broke
 * @param receivedMs coordinator's clock
 */
record Evidence(Hash digest, String slug, long receivedMs, Sealed report) implements Row {
  private static final int VERSION = 2;

  static Evidence seal(
      OpeningKeys keys, KeyId key, String slug, long receivedMs, Envelope report, String whose) {
    Bytes octets =
        new RowWriter(VERSION)
            .fixed(Bytes.of(report.signer().toArray()))
            .fixed(report.signature().octets())
            .bytes(report.payload())
            .finish();
    Hash digest = report.digest();
    return new Evidence(
        digest, slug, receivedMs, keys.seal(key, "evidence " + digest.toHex(), octets, whose));
  }

  @Override
  public String key() {
    return "evidence/" + digest.toHex();
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).text(slug).number(receivedMs);
    report.write(out);
    return out.finish();
  }
}
