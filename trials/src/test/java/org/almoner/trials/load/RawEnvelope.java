package org.almoner.trials.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;

/**
 * A signed envelope of which any part may be wrong, and its signature still be good.
 *
 * @param type payload type, of the form that {@link Envelope.Kind#payloadType} has
 * @param payload any octets, JSON or not
 * @param keyid whose key it claims
 * @param signature any octets
 */
public record RawEnvelope(String type, Bytes payload, String keyid, Bytes signature) {
  /** Signs {@code payload} as it is. */
  public static RawEnvelope sign(Envelope.Kind kind, byte[] payload, SigningKey key) {
    String type = kind.payloadType();
    String head = "DSSEv1 " + type.length() + " " + type + " " + payload.length + " ";
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    signed.writeBytes(payload);
    return new RawEnvelope(
        type, Bytes.of(payload), key.publicKey().toHex(), key.sign(signed.toByteArray()).octets());
  }

  /** Takes a good one apart. */
  public static RawEnvelope of(Envelope envelope) {
    return new RawEnvelope(
        envelope.kind().payloadType(),
        envelope.payload(),
        envelope.signer().toHex(),
        envelope.signature().octets());
  }

  /** The payload as text. */
  public String text() {
    return new String(payload.toArray(), StandardCharsets.UTF_8);
  }

  public RawEnvelope withType(Envelope.Kind other) {
    return new RawEnvelope(other.payloadType(), payload, keyid, signature);
  }

  public RawEnvelope withKeyid(String other) {
    return new RawEnvelope(type, payload, other, signature);
  }

  /** The signature cut or filled up with zeros to so many octets. */
  public RawEnvelope withSignatureOf(int octets) {
    return new RawEnvelope(
        type, payload, keyid, Bytes.of(Arrays.copyOf(signature.toArray(), octets)));
  }

  /** One bit of the signature turned over. */
  public RawEnvelope withFlippedBit() {
    byte[] octets = signature.toArray();
    octets[5] ^= 1;
    return new RawEnvelope(type, payload, keyid, Bytes.of(octets));
  }

  /** The signature of another envelope. */
  public RawEnvelope withSignature(Bytes other) {
    return new RawEnvelope(type, payload, keyid, other);
  }

  /** The transit form. */
  public JsonValue.Obj toJson() {
    return toJson(1);
  }

  /** The transit form with the signature standing so many times. */
  public JsonValue.Obj toJson(int signatures) {
    JsonValue.Obj one =
        JsonValue.Obj.of().put("keyid", keyid).put("sig", base64(signature)).build();
    return JsonValue.Obj.of()
        .put("payload", base64(payload))
        .put("payloadType", type)
        .put("signatures", java.util.Collections.nCopies(signatures, one))
        .build();
  }

  /** The transit form as octets. */
  public byte[] octets() {
    return CanonicalJson.encode(toJson());
  }

  private static String base64(Bytes octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }

  /** The same object with one field set. */
  public static JsonValue.Obj with(JsonValue.Obj object, String name, JsonValue value) {
    JsonValue.Builder out = JsonValue.Obj.of();
    object.fields().forEach((n, v) -> out.put(n, n.equals(name) ? value : v));
    if (!object.fields().containsKey(name)) {
      out.put(name, value);
    }
    return out.build();
  }

  /** The same object with one whole number set. */
  public static JsonValue.Obj with(JsonValue.Obj object, String name, long value) {
    return with(object, name, new JsonValue.Int(value));
  }

  /** The same object with one text set. */
  public static JsonValue.Obj with(JsonValue.Obj object, String name, String value) {
    return with(object, name, new JsonValue.Text(value));
  }

  /** An array of one. */
  public static JsonValue.Array array(JsonValue one) {
    return new JsonValue.Array(List.of(one));
  }
}
