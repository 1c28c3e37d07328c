package org.almoner.coordinator.intake;

import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/**
 * A report that contradicts a logged one, as its agent signed it: kept, never logged.
 *
 * @param slug which rule it broke
 * @param receivedMs coordinator's clock
 */
record Evidence(Hash digest, String slug, long receivedMs, Envelope report) implements Row {
  private static final int VERSION = 1;

  @Override
  public String key() {
    return "evidence/" + digest.toHex();
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION)
        .text(slug)
        .number(receivedMs)
        .fixed(Bytes.of(report.signer().toArray()))
        .fixed(report.signature().octets())
        .bytes(report.payload())
        .finish();
  }
}
