package org.almoner.ledger.entry;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.release.Release;

/**
 * A release in clear, with its owner's key and signature, so that anyone can check who vouched for
 * what ran.
 *
 * @param signed the owner's envelope of kind release, its signature checked
 * @param release what it says
 */
public record ReleaseEntry(Envelope signed, Release release) {
  /**
   * Takes a signed release.
   *
   * @throws BadSignature when the owner's signature does not hold
   * @throws MalformedJson when the payload is not a release
   */
  public static ReleaseEntry of(Envelope signed) throws BadSignature, MalformedJson {
    return new ReleaseEntry(signed, Release.parse(signed.open()));
  }

  /** Reads an entry of kind release and checks the owner's signature. */
  public static ReleaseEntry parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.RELEASE);
    try {
      Envelope signed =
          new Envelope(
              Envelope.Kind.RELEASE,
              CanonicalJson.bytes(fields.value("release")),
              fields.parsed("owner", PublicKey::parseHex),
              new Signature(fields.hex("signature", Signature.SIZE)));
      fields.end();
      return of(signed);
    } catch (MalformedJson | BadSignature | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind RELEASE: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    return Entry.ofRecord(
        Kind.RELEASE,
        JsonValue.Obj.of()
            .put("release", release.toJson())
            .put("owner", signed.signer().toHex())
            .put("signature", signed.signature().toHex())
            .build());
  }

  /** The octets that the owner signed. */
  public Bytes payload() {
    return signed.payload();
  }
}
