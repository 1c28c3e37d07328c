package org.almoner.coordinator.release;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.release.Release;

/**
 * A release that stands in the log, once for each owner who signed it.
 *
 * @param digest of its payload
 * @param owner the owner's name
 * @param signed as it was signed
 * @param leaf index of its entry
 */
record KnownRelease(Hash digest, String owner, Envelope signed, Release release, long leaf)
    implements Row {
  static final String FAMILY = "release/";

  private static final int VERSION = 2;

  static String key(Hash digest, PublicKey owner) {
    return FAMILY + digest.toHex() + "/" + owner.toHex();
  }

  static KnownRelease parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    PublicKey signer = PublicKey.parseHex(key.substring(key.lastIndexOf('/') + 1));
    long leaf = in.number();
    String owner = in.text();
    Bytes payload = in.bytes();
    Signature signature = new Signature(in.fixed(Signature.SIZE));
    in.end();
    Envelope signed = new Envelope(Envelope.Kind.RELEASE, payload, signer, signature);
    try {
      Release release = Release.parse(JsonFields.of(CanonicalJson.parse(payload.toArray())));
      return new KnownRelease(signed.digest(), owner, signed, release, leaf);
    } catch (MalformedJson e) {
      throw in.fault("holds no release: " + e.getMessage());
    }
  }

  @Override
  public String key() {
    return key(digest, signed.signer());
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION)
        .number(leaf)
        .text(owner)
        .bytes(signed.payload())
        .fixed(signed.signature().octets())
        .finish();
  }
}
