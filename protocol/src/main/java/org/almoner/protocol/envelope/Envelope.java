package org.almoner.protocol.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A payload with the signature its maker put under it and its type.
 *
 * <p>In transit it is a DSSE envelope with exactly one signature: {@code payload} in standard
 * base64, {@code payloadType}, and <code>signatures</code> with one {@code keyid} (the signer's
 * public key in hex) and one {@code sig} (standard base64). The signature is over the DSSE
 * pre-authentication encoding, never over the envelope, and the payload's octets are kept as
 * received.
 *
 * @param kind which record the payload is; stands inside the payload type
 * @param payload canonical JSON, at most {@link #PAYLOAD_BYTES_MAX} octets
 * @param signer whose key the envelope claims; nothing is proved until {@link #open}
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md">DSSE 1.0.2</a>
 */
public record Envelope(Kind kind, Bytes payload, PublicKey signer, Signature signature) {
  /** Largest payload, in octets. */
  public static final int PAYLOAD_BYTES_MAX = 256 * 1024;

  /** The records that are signed. */
  public enum Kind {
    /** An agent presents its key. */
    ENROLMENT("enrolment"),
    /** An agent names its donor, or leaves one. */
    LINK("link"),
    /** An agent asks for work. */
    LEASE_REQUEST("lease-request"),
    /** An agent says how far its leases have come. */
    RENEWAL("renewal"),
    /** The coordinator allots leases. */
    GRANT("grant"),
    /** An agent reports what units took. */
    USAGE_REPORT("usage-report"),
    /** An owner names what is run. */
    RELEASE("release"),
    /** An owner submits units. */
    BATCH("batch"),
    /** An owner wants a release to be run no more. */
    RECALL("recall"),
    /** An owner makes, lists or revokes tokens. */
    TOKEN_REQUEST("token-request"),
    /** An agent announces a large output. */
    UPLOAD("upload");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The payload type that is signed with the payload. */
    public String payloadType() {
      return "application/vnd.almoner." + word + ".v1+json";
    }
  }

  /** Refuses an oversized payload. */
  public Envelope {
    if (payload.size() > PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a signed payload has at most "
              + PAYLOAD_BYTES_MAX
              + " octets; this has "
              + payload.size());
    }
  }

  /** Signs {@code record} in canonical form. */
  public static Envelope sign(Kind kind, JsonValue.Obj record, SigningKey key) {
    Bytes payload = CanonicalJson.bytes(record);
    return new Envelope(kind, payload, key.publicKey(), key.sign(pae(kind, payload)));
  }

  /**
   * Reads the transit form of an envelope that must hold a {@code kind}.
   *
   * @throws MalformedJson when a field is missing, unknown or of another type
   */
  public static Envelope parse(Kind kind, JsonFields fields) throws MalformedJson {
    return parse(kind, fields, PublicKey::parseHex);
  }

  /**
   * As the other, for a reader who meets the same signers again and again.
   *
   * @param signers reads a key as {@link PublicKey#parseHex} does, or knows it from before
   */
  public static Envelope parse(Kind kind, JsonFields fields, Function<String, PublicKey> signers)
      throws MalformedJson {
    Bytes payload = fields.parsed("payload", Bytes::parseBase64);
    String type = fields.text("payloadType", 100);
    if (!type.equals(kind.payloadType())) {
      throw fields.at("payloadType", "expected " + kind.payloadType() + ", got " + type);
    }
    JsonFields signature = fields.objects("signatures", 1, 1).get(0);
    PublicKey signer = signature.parsed("keyid", signers);
    Bytes sig = signature.parsed("sig", Bytes::parseBase64);
    signature.end();
    fields.end();
    if (sig.size() != Signature.SIZE) {
      throw new MalformedJson(
          "field \"signatures[0].sig\": an Ed25519 signature has 64 octets; this has "
              + sig.size());
    }
    if (payload.size() > PAYLOAD_BYTES_MAX) {
      throw fields.at("payload", "longer than " + PAYLOAD_BYTES_MAX + " octets");
    }
    return new Envelope(kind, payload, signer, new Signature(sig));
  }

  /** The transit form. */
  public JsonValue.Obj toJson() {
    JsonValue.Obj signatureJson =
        JsonValue.Obj.of()
            .put("keyid", signer.toHex())
            .put("sig", signature.octets().toBase64())
            .build();
    return JsonValue.Obj.of()
        .put("payload", payload.toBase64())
        .put("payloadType", kind.payloadType())
        .put("signatures", java.util.List.of(signatureJson))
        .build();
  }

  /**
   * The payload's fields, once the signature is found good and the octets canonical.
   *
   * @throws BadSignature when {@code signer} did not sign this payload as this kind
   * @throws MalformedJson when the payload is not canonical JSON
   */
  public JsonFields open() throws BadSignature, MalformedJson {
    if (!signer.verifies(pae(kind, payload), signature)) {
      throw new BadSignature(
          "the signature does not verify under key "
              + signer.toHex()
              + " for payload type "
              + kind.payloadType());
    }
    return JsonFields.of(CanonicalJson.parse(payload.toArray()));
  }

  /** What a commitment covers: the signed octets followed by the signature. */
  public Bytes record() {
    byte[] signed = pae(kind, payload);
    ByteBuffer out = ByteBuffer.allocate(signed.length + Signature.SIZE).put(signed);
    signature.octets().putInto(out);
    return Bytes.of(out.array());
  }

  /** SHA-256 of the payload: how other records name this one. */
  public Hash digest() {
    return Hash.sha256(payload::feed);
  }

  private static byte[] pae(Kind kind, Bytes payload) {
    String type = kind.payloadType();
    byte[] head =
        ("DSSEv1 " + type.length() + " " + type + " " + payload.size() + " ")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(head.length + payload.size()).put(head);
    payload.putInto(out);
    return out.array();
  }
}
